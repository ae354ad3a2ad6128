"""Talks to the NETCONF server as an operator's tools do (python3-ncclient); driven by NcclientIT.

Usage: netconf_client.py HOST PORT PRIVATE_KEY_FILE
Prints one line per step that went well; the first that does not ends it with status 1.
"""

import sys
from datetime import datetime, timedelta, timezone

from ncclient import manager
from ncclient.operations import RPCError
from ncclient.transport.errors import AuthenticationError
from ncclient.xml_ import to_ele

HOST, PORT, KEY = sys.argv[1], int(sys.argv[2]), sys.argv[3]
NC = "urn:ietf:params:xml:ns:netconf:base:1.0"
CLUSTER = "urn:testudo:yang:testudo-cluster"
EVENTS = "urn:testudo:yang:testudo-event-log"
POLICY = "urn:testudo:yang:testudo-policy"
SYSTEM = "urn:testudo:yang:testudo-system"
VERIFICATION = "urn:testudo:yang:testudo-verification"
IDENTITY = "urn:testudo:yang:testudo-identity"
REVISIONS = "urn:testudo:yang:testudo-revisions"
PASSWORD = "correct horse"

FORM = f"""<config xmlns="{NC}">
  <cluster xmlns="{CLUSTER}">
    <enabled>true</enabled><name>demo</name><cluster-port>clu</cluster-port>
    <data-network><name>outside</name><address>198.51.100.1/24</address></data-network>
    <data-network><name>inside</name><address>192.0.2.1/24</address></data-network>
    <local-network>inside</local-network>
    <join-key><serial>B2</serial><key>{'5a' * 32}</key></join-key>
  </cluster>
  <system xmlns="{SYSTEM}">
    <user><name>operator</name><role>admin</role><password>$0${PASSWORD}</password></user>
    <user><name>viewer</name><password>$0${PASSWORD}</password></user>
    <snmp><user><name>watcher</name><authentication-passphrase>known passphrase</authentication-passphrase>
      <privacy-passphrase>known passphrase</privacy-passphrase></user></snmp>
  </system>
</config>"""


def connect(user, **how):
    return manager.connect(
        host=HOST, port=PORT, username=user, hostkey_verify=False, allow_agent=False, look_for_keys=False,
        timeout=30, **how)


def step(name, good, detail=""):
    if not good:
        print(f"FAILED {name}: {detail}")
        sys.exit(1)
    print(f"ok {name}", flush=True)


def refused(name, call, tag, app_tag=None, path=None, text=None):
    try:
        call()
    except RPCError as error:
        got = (error.tag, error._app_tag, error._path and error._path.strip(), error.message)
        fits = (error.tag == tag and (app_tag is None or error._app_tag == app_tag)
                and (path is None or got[2] == path) and (text is None or text in error.message))
        step(name, fits, got)
        return error
    step(name, False, "it was not refused")


def edit(session, body, **options):
    session.edit_config(target="candidate", config=f'<config xmlns="{NC}" xmlns:nc="{NC}">{body}</config>', **options)


def forming(m):
    step("base 1.1, candidate, validate", all(
        any(word in c for c in m.server_capabilities) for word in ("base:1.1", "candidate:1.0", "validate:1.1")))
    step("xpath, with-defaults", ":xpath:1.0" in str(list(m.server_capabilities)) and any(
        c.endswith("with-defaults:1.0?basic-mode=explicit&also-supported=report-all,report-all-tagged,trim") for c in m.server_capabilities))
    step("url, startup, writable-running are not announced", not any(
        word in c for c in m.server_capabilities for word in (":url", ":startup", "writable-running", "exi")))
    m.edit_config(target="candidate", config=FORM)
    m.validate("candidate")
    m.discard_changes()
    step("discard-changes", "demo" not in m.get_config("candidate").data_xml)
    m.edit_config(target="candidate", config=FORM)
    m.commit()
    xml = m.get_config("running").data_xml
    step("commit forms the cluster", "<name>demo</name>" in xml and "<serial>A1</serial>" in xml, xml)
    step("no secret is read", "5a5a" not in xml and "pbkdf2" not in xml and "host-key" not in xml, xml)
    xml = m.get().data_xml
    step("no secret is read by get", "5a5a" not in xml and "pbkdf2" not in xml and "host-key" not in xml)
    step("state", "<role>master</role>" in xml and "<last-heard>100</last-heard>" in xml, xml)


def locks(m, other):
    m.lock("candidate")
    refused("lock conflict", lambda: other.lock("candidate"), "lock-denied", text=f"session {m.session_id} ")
    refused("edit under another's lock", lambda: edit(other, f'<cluster xmlns="{CLUSTER}"><name>x</name></cluster>'), "in-use")
    refused("commit under another's lock", other.commit, "in-use")
    refused("unlock another's lock", lambda: other.unlock("candidate"), "operation-failed")
    m.unlock("candidate")
    with other.locked("running"):
        refused("commit under a lock of running", lambda: (
            edit(m, f'<cluster xmlns="{CLUSTER}"><name>x</name></cluster>'), m.commit()), "in-use")
    m.discard_changes()


def errors(m):
    network = f'<cluster xmlns="{CLUSTER}"><data-network><name>inside</name>%s</data-network></cluster>'
    at = "/testudo-cluster:cluster/testudo-cluster:data-network[testudo-cluster:name='inside']"
    edit(m, network % "<gateway>192.0.2.1</gateway>")
    refused("must", m.commit, "operation-failed", "gateway-is-cluster", at + "/testudo-cluster:gateway", "another host")
    refused("must by validate", lambda: m.validate("candidate"), "operation-failed", "gateway-is-cluster")
    m.discard_changes()
    edit(m, f'<cluster xmlns="{CLUSTER}"><local-network>nowhere</local-network></cluster>')
    refused("leafref", m.commit, "data-missing", "instance-required")
    m.discard_changes()
    edit(m, f'<policy xmlns="{POLICY}"><rule><name>r</name></rule></policy>')
    refused("mandatory", m.commit, "data-missing",
            path="/testudo-policy:policy/testudo-policy:rule[testudo-policy:name='r']/testudo-policy:action")
    m.discard_changes()
    refused("range", lambda: edit(m, f'<cluster xmlns="{CLUSTER}"><active-count>64</active-count></cluster>'), "invalid-value")
    refused("unknown element", lambda: edit(m, f'<cluster xmlns="{CLUSTER}"><bogus/></cluster>'), "unknown-element")
    refused("unknown namespace", lambda: edit(m, '<cluster xmlns="urn:bogus"/>'), "unknown-namespace")
    refused("state", lambda: edit(m, f'<cluster xmlns="{CLUSTER}"><state><role>master</role></state></cluster>'), "unknown-element")
    refused("create what is there", lambda: edit(m, network % "" if False else
            f'<cluster xmlns="{CLUSTER}"><data-network nc:operation="create"><name>inside</name></data-network></cluster>'),
            "data-exists")
    refused("delete what is not there", lambda: edit(
        m, f'<cluster xmlns="{CLUSTER}"><data-network nc:operation="delete"><name>dmz</name></data-network></cluster>'),
        "data-missing")
    refused("test-then-set", lambda: edit(m, network % "<gateway>192.0.2.1</gateway>", test_option="test-then-set"),
            "operation-failed", "gateway-is-cluster")
    refused("running is not edited", lambda: m.edit_config(target="running", config=FORM), "operation-not-supported")
    step("nothing of it stayed", m.get_config("candidate").data_xml == m.get_config("running").data_xml)


def reading(m):
    filtered = m.get_config("running", filter=("subtree", f'<cluster xmlns="{CLUSTER}"><data-network><name>inside</name></data-network></cluster>')).data_xml
    step("content match", "192.0.2.1/24" in filtered and "outside" not in filtered, filtered)
    reply = m.dispatch(to_ele(f'<get xmlns="{NC}"><filter><cluster xmlns="{CLUSTER}"><member><state><role/></state></member></cluster></filter></get>')).xml
    step("filter without type, keys included", "<serial>A1</serial>" in reply and "<role>master</role>" in reply
         and "<voter>" not in reply, reply)
    step("get-schema", "module testudo-cluster {" in m.get_schema("testudo-cluster").data)
    refused("get-schema of nothing", lambda: m.get_schema("nothing"), "invalid-value")
    step("monitoring", f"<username>operator</username>" in m.get(filter=(
        "subtree", '<netconf-state xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"><sessions/></netconf-state>')).data_xml)


def xpath(m):
    def select(expression, **prefixes):
        return m.get_config("running", filter=("xpath", (prefixes or {"c": CLUSTER}, expression))).data_xml
    xml = select("/c:cluster/c:data-network[c:name='inside']/c:address")
    step("xpath, with the way to what is selected", "<name>inside</name>" in xml and "192.0.2.1/24" in xml
         and "outside" not in xml and "local-network" not in xml, xml)
    step("xpath over all", "operator" in select("//s:user[s:role='admin']", s=SYSTEM)
         and "viewer" not in select("//s:user[s:role='admin']", s=SYSTEM))
    step("xpath across modules", "<local-network>inside</local-network>" in select(
        "/c:cluster[count(/s:system/s:user) = 2]/c:local-network", c=CLUSTER, s=SYSTEM))
    step("xpath with a position", "outside" not in select("/c:cluster/c:data-network[last()]")
         or "inside" not in select("/c:cluster/c:data-network[last()]"))
    step("xpath that selects nothing", "cluster" not in select("/c:cluster/c:bogus").split("data", 1)[1])
    step("xpath over state", "<role>master</role>" in m.get(filter=("xpath", (
        {"c": CLUSTER}, "/c:cluster/c:member/c:state/c:role"))).data_xml)
    refused("xpath that selects no nodes", lambda: select("count(//*)"), "invalid-value", text="number")
    refused("xpath that is none", lambda: select("/c:cluster["), "invalid-value")
    refused("xpath with an unknown prefix", lambda: m.get_config("running", filter=("xpath", "/nobody:cluster")), "invalid-value",
            text="nobody")
    refused("xpath that reaches out", lambda: select("document('file:///etc/passwd')"), "invalid-value")
    refused("xpath that calls Java", lambda: select(
        "r:exec(r:getRuntime(), 'true')", r="http://xml.apache.org/xalan/java/java.lang.Runtime"), "invalid-value")
    endless = "//*"
    for _ in range(8):
        endless = f"//*[count({endless}) > 0]"
    refused("xpath that takes too long", lambda: select(endless), "invalid-value", text="steps")
    refused("xpath with too many brackets", lambda: select("(" * 40 + "/c:cluster" + ")" * 40), "invalid-value", text="brackets")
    step("xpath over namespaces and attributes", "cluster" not in select("//@*").split("data", 1)[1]
         and "inside" in select("/c:cluster/namespace::*"))
    refused("xpath without select", lambda: m.dispatch(
        to_ele(f'<get xmlns="{NC}"><filter type="xpath"/></get>')), "missing-attribute")
    refused("a filter of another type", lambda: m.dispatch(
        to_ele(f'<get xmlns="{NC}"><filter type="regex"/></get>')), "bad-attribute")


def defaults(m):
    where = f'<cluster xmlns="{CLUSTER}"><data-network/><timing/></cluster>'
    read = lambda mode: m.get_config("candidate", filter=("subtree", where), with_defaults=mode).data_xml
    timing = lambda xml: {e.tag.split("}")[1]: e.text for e in to_ele(xml).findall(".//{*}timing/*")}
    edit(m, f'<cluster xmlns="{CLUSTER}"><timing><dead-time>100</dead-time><commit-timeout>2</commit-timeout></timing></cluster>')
    step("report-all", timing(read("report-all")) == {"dead-time": "100", "commit-timeout": "2", "voter-hold": "60"}, read("report-all"))
    step("explicit", timing(read("explicit")) == {"dead-time": "100", "commit-timeout": "2"}, read("explicit"))
    step("explicit without the parameter", m.get_config("candidate", filter=("subtree", where)).data_xml == read("explicit"))
    step("trim", timing(read("trim")) == {"dead-time": "100"} and "<name>inside</name>" in read("trim"), read("trim"))
    tagged = [e.tag.split("}")[1] for e in to_ele(read("report-all-tagged")).iter()
              if e.get("{urn:ietf:params:xml:ns:netconf:default:1.0}default") == "true"]
    step("report-all-tagged", {"commit-timeout", "voter-hold"} <= set(tagged) and not {"dead-time", "name"} & set(tagged), tagged)
    refused("with-defaults of another kind", lambda: m.dispatch(to_ele(
        f'<get xmlns="{NC}"><with-defaults xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults">all</with-defaults></get>')),
        "invalid-value")
    mark = lambda outer, inner, value: edit(m, f'''<cluster xmlns="{CLUSTER}"><timing{outer}><commit-timeout{inner}
        xmlns:wd="urn:ietf:params:xml:ns:netconf:default:1.0" wd:default="true">{value}</commit-timeout></timing></cluster>''')
    refused("marked as default, and not the default", lambda: mark("", "", 33), "invalid-value", text="the default is 2")
    refused("marked as default, to be deleted", lambda: mark("", ' nc:operation="delete"', 2), "invalid-value")
    refused("marked as default, created though it is set", lambda: mark("", ' nc:operation="create"', 2), "data-exists")
    mark("", "", 2)
    step("what is marked as default is not set", timing(read("explicit")) == {"dead-time": "100"})
    mark(' nc:operation="replace"', "", 2)
    step("nor in what is replaced", timing(read("explicit")) == {})
    m.discard_changes()


def copying(m):
    edit(m, f'<cluster xmlns="{CLUSTER}"><name>other</name></cluster>')
    m.copy_config("running", "candidate")
    step("copy-config of running", m.get_config("candidate").data_xml == m.get_config("running").data_xml)
    whole = m.get_config("running").data_xml.replace("<data ", "<config ").replace("<data>", "<config>").replace("</data>", "</config>")
    body = whole[whole.index("<config"):].replace("<name>demo</name>", "<name>copied</name>")
    given = lambda config: m.dispatch(to_ele(
        f'<copy-config xmlns="{NC}"><target><candidate/></target><source>{config}</source></copy-config>'))
    given(body)
    xml = m.get_config("candidate").data_xml
    step("copy-config of a configuration", "<name>copied</name>" in xml and "<name>inside</name>" in xml, xml)
    given(f'<config xmlns="{NC}"><cluster xmlns="{CLUSTER}"><name>bare</name></cluster></config>')
    xml = m.get_config("candidate").data_xml
    step("what it does not mention is gone", "<name>bare</name>" in xml and "<name>inside</name>" not in xml, xml)
    m.discard_changes()
    try:
        edit(m, f'''<cluster xmlns="{CLUSTER}"><active-count>64</active-count><bogus/><name>goes-on</name></cluster>''',
             error_option="continue-on-error")
        step("continue-on-error", False, "it was not refused")
    except RPCError as error:
        step("continue-on-error names all that is wrong", [e.tag for e in error.errors] == ["invalid-value", "unknown-element"], error.errors)
    step("the rest is done", "<name>goes-on</name>" in m.get_config("candidate").data_xml)
    m.discard_changes()


def events(m):
    log = lambda wanted: m.get(filter=("subtree", f'<cluster xmlns="{CLUSTER}"><event-log xmlns="{EVENTS}">{wanted}</event-log></cluster>')).data
    text = lambda data, name: [e.text for e in data.iter("{%s}%s" % (EVENTS, name))]
    step("the event log", text(log(""), "event-id") == ["A2/1/1", "A1/1/2"] and text(log(""), "order") == ["1", "2"])
    one = log("<event><event-id>A1/1/2</event-id></event>")
    step("one record of it", text(one, "event-id") == ["A1/1/2"] and text(one, "reason") == ["silent"]
         and text(one, "duration") == ["112000"] and text(one, "flows-moved") == ["12"])
    explain = lambda wanted: to_ele(m.dispatch(to_ele(f'<explain-election xmlns="{EVENTS}">{wanted}</explain-election>')).xml)
    newest = explain("")
    step("explain-election", text(newest, "winner") == ["1"] and text(newest, "from") == ["2"] and text(newest, "detection") == ["101000"]
         and text(newest, "criterion") == ["backup-master"] and text(newest, "why-lost") == ["silent", "not-backup-master"]
         and text(newest, "voted") == ["true", "false", "true"], newest)
    step("explain-election of an epoch", text(explain("<epoch>8</epoch>"), "winner") == ["2"])
    refused("explain-election of none", lambda: explain("<epoch>4</epoch>"), "data-missing", "no-such-election", text="[8, 9]")


NOTIFICATION = "urn:ietf:params:xml:ns:netconf:notification:1.0"
BASE_EVENTS = "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications"


def notifications(m):
    step("notification, interleave", all(any(word in c for c in m.server_capabilities) for word in (":notification:1.0", ":interleave:1.0")))
    streams = m.get(filter=("subtree", '<netconf xmlns="urn:ietf:params:xml:ns:netmod:notification"/>')).data_xml
    step("the stream", "<name>NETCONF</name>" in streams and "<replaySupport>true</replaySupport>" in streams, streams)

    base = []

    def told(session):
        notification = session.take_notification(timeout=10)
        if notification is None:
            return None
        time, content = list(to_ele(notification.notification_xml))
        if content.tag.startswith("{%s}" % BASE_EVENTS):
            base.append(content.tag.split("}")[1])
            return told(session)
        step("eventTime", time.tag == "{%s}eventTime" % NOTIFICATION and time.text.endswith("Z") and len(time.text) in (20, 24), time.text)
        name = content.tag.split("}")[1]
        return (name, content.findtext("{%s}event-id" % CLUSTER)) if content.tag.startswith("{%s}" % CLUSTER) else name
    subscribers = [connect("operator", password=PASSWORD) for _ in range(2)]
    everything, chosen = subscribers
    everything.create_subscription(start_time="2020-01-01T00:00:00Z")
    past = [told(everything) for _ in range(3)]
    step("the past, then that it is told", past == [("master-switched", "A2/1/1"), ("master-switched", "A1/1/2"), "replayComplete"], past)
    step("the base notifications", {"netconf-session-start", "netconf-session-end", "netconf-config-change"} <= set(base), base)
    refused("a second subscription", everything.create_subscription, "operation-failed", "subscribed-already")
    chosen.create_subscription(filter=("xpath", ({"c": CLUSTER}, "/c:master-switched[c:epoch > 9]/c:event-id")))
    fail = lambda: m.dispatch(to_ele(f'<request-failover xmlns="{CLUSTER}"><reason>test</reason></request-failover>'))
    fail()
    step("what happens", told(everything) == ("master-switched", "A1/1/3"))
    step("a session goes on beside its subscription", "<name>demo</name>" in everything.get_config("running").data_xml)
    notification = chosen.take_notification(timeout=10).notification_xml
    step("what a filter selects", "<event-id>A1/1/3</event-id>" in notification and "<cause>" not in notification, notification)
    for subscriber in subscribers:
        subscriber.close_session()
    again = connect("viewer", password=PASSWORD)
    again.create_subscription(start_time="2020-01-01T00:00:00Z", stop_time="2020-01-02T00:00:00Z",
                              filter=("subtree", f'<member-down xmlns="{CLUSTER}"/>'))
    step("a past that is over", [told(again), told(again)] == ["replayComplete", "notificationComplete"])
    soon = (datetime.now(timezone.utc) + timedelta(seconds=2)).isoformat()
    again.create_subscription(start_time="2020-01-01T00:00:00Z", stop_time=soon)
    past = [told(again) for _ in range(4)]
    step("another subscription after it, of a reader", past[2:] == [("master-switched", "A1/1/3"), "replayComplete"], past)
    step("until its end", told(again) == "notificationComplete")
    fail()
    step("nothing after it", again.take_notification(timeout=1) is None)
    again.close_session()
    later = (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat()
    raw = lambda body: lambda: m.dispatch(to_ele(f'<create-subscription xmlns="{NOTIFICATION}">{body}</create-subscription>'))
    refused("another stream", raw("<stream>SNMP</stream>"), "invalid-value")
    refused("a start in the future", raw(f"<startTime>{later}</startTime>"), "bad-element", text="future")
    refused("an end without a start", raw(f"<stopTime>{later}</stopTime>"), "missing-element", text="startTime")
    refused("an end before the start", raw("<startTime>2020-01-02T00:00:00Z</startTime><stopTime>2020-01-01T00:00:00Z</stopTime>"),
            "bad-element", text="before")
    forever = connect("operator", password=PASSWORD)
    forever.dispatch(to_ele(f'''<create-subscription xmlns="{NOTIFICATION}"><startTime>2020-01-01T00:00:00Z</startTime>
        <stopTime>+999999999-01-01T00:00:00Z</stopTime></create-subscription>'''))
    step("an end that never comes", [told(forever) for _ in range(5)][-1] == "replayComplete"
         and "<name>demo</name>" in forever.get_config("running").data_xml)
    forever.close_session()
    refused("no time", raw("<startTime>yesterday</startTime>"), "invalid-value")
    refused("a filter that cannot work", raw('<filter type="xpath" select="/c:x["/>'), "invalid-value")


def ordering(m):
    rule = '<rule%s xmlns:yang="urn:ietf:params:xml:ns:yang:1"><name>%s</name><action>accept</action></rule>'
    edit(m, f'<policy xmlns="{POLICY}">' + rule % ("", "a") + rule % ("", "b") + rule % (' yang:insert="first"', "c")
         + rule % (""" yang:insert="before" yang:key="[name='b']" """, "d") + "</policy>")
    m.commit()
    names = [e.text for e in m.get_config("running").data.iter("{%s}name" % POLICY)]
    step("order of rules", names == ["c", "a", "d", "b"], names)


def operations(m):
    m.dispatch(to_ele(f'<join xmlns="{CLUSTER}"><serial>B2</serial></join>'))
    refused("join without serial", lambda: m.dispatch(to_ele(f'<join xmlns="{CLUSTER}"/>')), "missing-element")
    m.dispatch(to_ele(f'<request-failover xmlns="{CLUSTER}"><reason>test</reason></request-failover>'))
    edit(m, f'<cluster xmlns="{CLUSTER}"><active-count>2</active-count></cluster>')
    m.dispatch(to_ele(f'<commit xmlns="{NC}"><commit-id xmlns="{CLUSTER}">mine</commit-id></commit>'))
    status = m.dispatch(to_ele(f'<commit-status xmlns="{CLUSTER}"><commit-id>mine</commit-id></commit-status>')).xml
    step("commit-status", ">committed<" in status and ">3<" in status, status)
    refused("a commit-id that is too long", lambda: m.dispatch(
        to_ele(f'<commit xmlns="{NC}"><commit-id xmlns="{CLUSTER}">{"x" * 65}</commit-id></commit>')), "invalid-value")
    refused("unknown rpc", lambda: m.dispatch(to_ele('<bogus xmlns="urn:bogus"/>')), "operation-not-supported")
    refused("no copy to running", lambda: m.copy_config("candidate", "running"), "operation-not-supported")
    refused("no copy to itself", lambda: m.copy_config("candidate", "candidate"), "invalid-value")
    refused("running is not deleted", lambda: m.delete_config("running"), "operation-not-supported", text="factory-reset")


def history(m):
    def get(number):
        return f'<get-revision xmlns="{REVISIONS}"><number>{number}</number></get-revision>'
    edit(m, f'<cluster xmlns="{CLUSTER}"><name>renamed</name></cluster>')
    m.dispatch(to_ele(f'<commit xmlns="{NC}"><comment xmlns="{REVISIONS}">try a name</comment></commit>'))
    listed = m.get(filter=("subtree", f'<cluster xmlns="{CLUSTER}"><history xmlns="{REVISIONS}"/></cluster>')).data_xml
    step("history", "<comment>try a name</comment>" in listed and "<user>operator</user>" in listed
         and "<time>2026-01-01T00:00:00Z</time>" in listed and "<voter>1</voter>" in listed, listed)
    older = m.dispatch(to_ele(get(3))).xml
    step("get-revision, without secrets", "<name>demo</name>" in older and "5a5a" not in older and "pbkdf2" not in older, older)
    viewer = connect("viewer", password=PASSWORD)
    step("a reader sees a revision", "<name>demo</name>" in viewer.dispatch(to_ele(get(3))).xml)
    refused("a reader loads none", lambda: viewer.dispatch(
        to_ele(f'<load-revision xmlns="{REVISIONS}"><number>3</number></load-revision>')), "access-denied")
    viewer.close_session()
    m.dispatch(to_ele(f'<load-revision xmlns="{REVISIONS}"><number>3</number></load-revision>'))
    step("load-revision changes the candidate only", "<name>demo</name>" in m.get_config("candidate").data_xml
         and "<name>renamed</name>" in m.get_config("running").data_xml)
    m.commit()
    step("a rollback is an ordinary commit", "<name>demo</name>" in m.get_config("running").data_xml)
    refused("no such revision", lambda: m.dispatch(to_ele(get(99))), "operation-failed")
    refused("a comment that is too long", lambda: m.dispatch(
        to_ele(f'<commit xmlns="{NC}"><comment xmlns="{REVISIONS}">{"x" * 256}</comment></commit>')), "invalid-value")


def orphans(m):
    where = "<device>2</device><hash>dead</hash>"
    listed = lambda: m.get(filter=("subtree", f'<cluster xmlns="{CLUSTER}"><history xmlns="{REVISIONS}"><orphan/></history></cluster>')).data_xml
    xml = listed()
    step("the orphans", "<hash>dead</hash>" in xml and "<instead>ab</instead>" in xml and "<kept>2026-01-01T00:05:00Z</kept>" in xml
         and "<user>ops</user>" in xml, xml)
    shown = m.dispatch(to_ele(f'<get-orphan xmlns="{REVISIONS}">{where}</get-orphan>')).xml
    step("get-orphan, without secrets", "<name>demo</name>" in shown and "5a5a" not in shown and "pbkdf2" not in shown, shown)
    viewer = connect("viewer", password=PASSWORD)
    step("a reader sees an orphan", "<name>demo</name>" in viewer.dispatch(to_ele(f'<get-orphan xmlns="{REVISIONS}">{where}</get-orphan>')).xml)
    refused("a reader dismisses none", lambda: viewer.dispatch(
        to_ele(f'<dismiss-orphan xmlns="{REVISIONS}">{where}</dismiss-orphan>')), "access-denied")
    viewer.close_session()
    m.dispatch(to_ele(f'<dismiss-orphan xmlns="{REVISIONS}">{where}</dismiss-orphan>'))
    step("dismiss-orphan", "dead" not in listed())


def comparison(m):
    reply = m.dispatch(to_ele(f'<compare-members xmlns="{VERIFICATION}"/>')).xml
    answer = to_ele(reply)
    text = lambda name: [e.text for e in answer.iter("{%s}%s" % (VERIFICATION, name))]
    step("compare-members", text("device") == ["2", "3"] and text("answered") == ["true", "false"]
         and text("equal") == ["false", "false"] and text("why-not") == ["it is not heard"], reply)
    step("the node that differs", text("operation") == ["replace", "replace"] and text("here") == ["demo"]
         and text("there") == ["d&mo"] and text("path")[0] == "/testudo-cluster:cluster/name", reply)
    step("a secret that differs is named only", text("path")[1].endswith("join-key[serial='B2']/key")
         and len(text("secret")) == 1 and "5a5a" not in reply and "5b5a" not in reply, reply)


def identity(m):
    rotate = lambda body: m.dispatch(to_ele(f'<rotate-cluster-identity xmlns="{IDENTITY}">{body}</rotate-cluster-identity>')).xml
    text = lambda xml, name: [e.text for e in to_ele(xml).iter("{%s}%s" % (IDENTITY, name))]
    shown = rotate("<dry-run>true</dry-run>")
    todo = " ".join(text(shown, "text"))
    step("a rotation that is only tried", text(shown, "exposed-to") == ["4"] and text(shown, "revision") == []
         and text(shown, "how") == ["made-anew", "deleted"] and text(shown, "ssh-fingerprint") == [], shown)
    step("what is left to do", "known_hosts" in todo and "join key for B2" in todo and "user operator" in todo
         and "SNMP user watcher" in todo and "known passphrase" not in shown and "5a5a" not in shown, shown)
    viewer = connect("viewer", password=PASSWORD)
    refused("a reader rotates nothing", lambda: viewer.dispatch(
        to_ele(f'<rotate-cluster-identity xmlns="{IDENTITY}"/>')), "access-denied")
    with m.locked("running"):
        other = connect("operator", password=PASSWORD)
        refused("a rotation under another's lock of running", lambda: other.dispatch(
            to_ele(f'<rotate-cluster-identity xmlns="{IDENTITY}"/>')), "in-use")
        other.close_session()
    viewer.close_session()
    refused("a waiver without a reason", lambda: m.dispatch(to_ele(
        f'<waive-identity-exposure xmlns="{IDENTITY}"><device>4</device></waive-identity-exposure>')), "missing-element")
    done = rotate("")
    step("rotate-cluster-identity", len(text(done, "revision")) == 1 and text(done, "ssh-fingerprint")[0].startswith("SHA256:")
         and text(done, "path")[:2] == ["/testudo-system:system/ssh/host-key", "/testudo-cluster:cluster/join-key[serial='B2']"], done)
    listed = m.get(filter=("subtree", f'<cluster xmlns="{CLUSTER}"><history xmlns="{REVISIONS}"/></cluster>')).data_xml
    step("the history says who rotated", "<comment>rotate-cluster-identity</comment>" in listed and "<user>operator</user>" in listed)
    m.dispatch(to_ele(f'<waive-identity-exposure xmlns="{IDENTITY}"><device>4</device><reason>shredded</reason></waive-identity-exposure>'))
    step("waive-identity-exposure", True)


def roles():
    viewer = connect("viewer", password=PASSWORD)
    step("a reader reads", "demo" in viewer.get_config("running").data_xml)
    refused("a reader does not edit", lambda: edit(viewer, f'<cluster xmlns="{CLUSTER}"><name>x</name></cluster>'), "access-denied")
    step("a reader asks why", "backup-master" in viewer.dispatch(to_ele(f'<explain-election xmlns="{EVENTS}"/>')).xml)
    step("a reader compares", "it is not heard" in viewer.dispatch(to_ele(f'<compare-members xmlns="{VERIFICATION}"/>')).xml)
    refused("a reader calls nothing", lambda: viewer.dispatch(to_ele(f'<factory-reset xmlns="{CLUSTER}"/>')), "access-denied")
    viewer.close_session()
    for user in ("operator", "nobody"):
        try:
            connect(user, password="wrong horse")
            step("wrong password", False)
        except AuthenticationError:
            step(f"wrong password of {user}", True)


def confirming(m):
    named = lambda: [name for name in ("tried", "kept", "again") if f"<name>{name}</name>" in m.get_config("running").data_xml]
    edit(m, f'<cluster xmlns="{CLUSTER}"><name>kept</name></cluster>')
    m.commit(confirmed=True, timeout="60", persist="token")
    refused("a commit beside a confirmed one", m.commit, "in-use", "confirmed-commit-pending")
    m.commit(persist_id="token")
    edit(m, f'<cluster xmlns="{CLUSTER}"><name>tried</name></cluster>')
    m.commit(confirmed=True, timeout="60")
    step("a confirmed commit", named() == ["tried"], named())
    m.cancel_commit()
    step("cancel-commit brings back what was confirmed", named() == ["kept"], named())
    m.discard_changes()


def replacing(m):
    edit(m, f"""<system xmlns="{SYSTEM}" nc:operation="replace">
        <user><name>operator</name><role>admin</role></user></system>""")
    m.commit()
    again = connect("operator", password=PASSWORD)
    step("a replace keeps the password", again.connected)
    again.close_session()
    try:
        connect("viewer", password=PASSWORD)
        step("a user that was replaced away is out", False)
    except AuthenticationError:
        step("a user that was replaced away is out", True)


def main():
    m = connect("admin", key_filename=KEY)
    step("key of the first user", m.connected)
    forming(m)
    m.close_session()
    try:
        connect("admin", key_filename=KEY)
        step("the first user's key is void once there is an admin", False)
    except AuthenticationError:
        step("the first user's key is void once there is an admin", True)
    m = connect("operator", password=PASSWORD)
    other = connect("operator", password=PASSWORD)
    step("password", m.connected and other.connected)
    locks(m, other)
    errors(m)
    m_admin = m
    reading(m_admin)
    xpath(m)
    defaults(m)
    copying(m)
    events(m)
    notifications(m)
    ordering(m)
    operations(m)
    history(m)
    orphans(m)
    comparison(m)
    identity(m)
    other.lock("candidate")
    refused("kill itself", lambda: m.kill_session(m.session_id), "invalid-value")
    m.kill_session(other.session_id)
    m.lock("candidate")
    m.unlock("candidate")
    step("kill-session frees the lock", True)
    roles()
    confirming(m)
    replacing(m)
    m.close_session()


main()
