package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.testudo.element.config.ElectionConfig;
import net.testudo.element.config.ElectionConfig.Order;
import net.testudo.element.config.SuccessionConfig;
import net.testudo.element.config.TieBreakerConfig;
import net.testudo.element.management.Capacity;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final int HEALTHY = 100;

    /// Device 1 is the weakest, 4 the strongest; 3 is ill; 2 is busy and has the static role standby.
    private static final List<Candidate> DEVICES = List.of(
            new Candidate(1, HEALTHY, new Capacity(20, 2, 1000), 8, false, new Candidate.Wish(false, 100)),
            new Candidate(2, HEALTHY, new Capacity(90, 4, 1000), 8, false, new Candidate.Wish(true, 100)),
            new Candidate(3, 40, new Capacity(10, 4, 2000), 7, false, new Candidate.Wish(false, 100)),
            new Candidate(4, HEALTHY, new Capacity(30, 8, 20_000), 8, false, new Candidate.Wish(false, 100)));

    private static ElectionConfig by(Order... orders) {
        return new ElectionConfig(0, 100, 0, 0, List.of(orders), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD);
    }

    private static Ranking ranking(ElectionConfig rules, int backup) {
        return new Ranking(rules, 1, backup, DEVICES);
    }

    private static List<Integer> order(Ranking ranking) {
        List<Integer> order = new ArrayList<>(List.of(1, 2, 3, 4));
        order.sort(java.util.Comparator.comparingInt(ranking::rankOf));
        return order;
    }

    private static List<Integer> orderBy(Order... orders) {
        return order(ranking(by(orders), 0));
    }

    @Tag("ELE-05")
    @Test
    void theHealthierThenTheLowerNumberIsTaken() {
        Ranking ranking = ranking(by(Order.HEALTH), 0);
        assertEquals(List.of(1, 2, 4, 3), order(ranking));
        assertEquals("lowest-number", ranking.criterion());
        assertEquals("higher-number", ranking.whyLost(4, 1));
        assertEquals("less-healthy", ranking.whyLost(3, 1));
    }

    @Tag("ELE-05")
    @Test
    void theScoreIsTheOperatorsPriorityLessWhatIsMissingOfHealth() {
        List<Candidate> devices =
                List.of(candidate(1, HEALTHY, 100, false), candidate(2, 70, 140, false), candidate(3, 40, 50, false));
        Ranking ranking = new Ranking(ElectionConfig.STANDARD, 1, 0, devices);
        assertEquals(
                List.of(100, 110, 0), devices.stream().map(Candidate::score).toList());
        assertEquals(2, ranking.first());
        assertEquals("score", ranking.criterion());
        assertEquals("lower-score", ranking.whyLost(3, 2));
    }

    @Tag("FOC-14")
    @Test
    void whoAsksToBeRelievedIsNoCandidateWhileAnotherOneIs() {
        List<Candidate> devices = List.of(candidate(1, HEALTHY, 200, true), candidate(2, 50, 100, false));
        Ranking ranking = new Ranking(ElectionConfig.STANDARD, 1, 1, devices);
        assertEquals(DeviceSet.of(2), ranking.candidates());
        assertEquals("asks-for-relief", ranking.whyLost(1, 2));
        assertEquals(1, new Ranking(ElectionConfig.STANDARD, 1, 1, List.of(devices.getFirst())).first());
    }

    @Tag("ELE-03")
    @Test
    void aBackupMasterBelowTheCriteriaIsFirstOnlyIfItLeadsForATransition() {
        SuccessionConfig standard = SuccessionConfig.STANDARD;
        SuccessionConfig transition = new SuccessionConfig(standard.preemption(), 0, true, standard.selfRequest());
        ElectionConfig rules =
                new ElectionConfig(50, 100, 0, 0, List.of(Order.SCORE), transition, TieBreakerConfig.STANDARD);
        assertEquals(3, ranking(rules, 3).first());
        assertTrue(ranking(rules, 3).candidates().contains(3));
        assertFalse(ranking(rules, 2).candidates().contains(3));
        assertEquals("not-backup-master", ranking(rules, 3).whyLost(1, 3));
    }

    private static Candidate candidate(int device, int health, int priority, boolean asksRelief) {
        return new Candidate(device, health, new Capacity(1, 1, 1), 8, asksRelief, new Candidate.Wish(false, priority));
    }

    @Tag("ELE-04")
    @Tag("ELE-07")
    @Test
    void theOperatorChoosesTheOrder() {
        assertEquals(List.of(3, 1, 4, 2), orderBy(Order.LOAD));
        assertEquals(List.of(4, 2, 3, 1), orderBy(Order.PROCESSORS));
        assertEquals(List.of(4, 3, 1, 2), orderBy(Order.LINK_SPEED));
        assertEquals(List.of(1, 2, 4, 3), orderBy(Order.NEWEST_REVISION));
        assertEquals(List.of(2, 1, 3, 4), orderBy(Order.STANDBY_FIRST));
        assertEquals(List.of(1, 3, 4, 2), orderBy(Order.STANDBY_LAST));
        assertEquals(List.of(1, 2, 3, 4), orderBy(Order.LOWEST_NUMBER));
        assertEquals(List.of(4, 1, 2, 3), orderBy(Order.HEALTH, Order.STANDBY_LAST, Order.LINK_SPEED));
    }

    @Tag("ELE-07")
    @Test
    void aDrawIsTheSameEverywhereAndAnotherOneForEachEpoch() {
        ElectionConfig random = by(Order.RANDOM);
        List<Candidate> backwards = DEVICES.reversed();
        long[] firsts = LongStream.range(0, 400)
                .map(seed -> new Ranking(random, seed, 0, DEVICES).first())
                .toArray();
        for (int seed = 0; seed < firsts.length; seed++) {
            assertEquals(firsts[seed], new Ranking(random, seed, 0, backwards).first());
        }
        for (int device = 1; device <= 4; device++) {
            int drawn = device;
            long times = LongStream.of(firsts).filter(first -> first == drawn).count();
            assertTrue(times > 60 && times < 140, "device " + device + " was first " + times + " times of 400");
        }
    }

    @Tag("ELE-01")
    @Test
    void theBackupMasterIsFirstOnlyIfItMeetsTheCriteria() {
        Ranking fit = ranking(ElectionConfig.STANDARD, 2);
        assertEquals(List.of(2, 1, 4, 3), order(fit));
        assertEquals("backup-master", fit.criterion());
        assertEquals("not-backup-master", fit.whyLost(1, 2));

        assertLoses(
                2,
                new ElectionConfig(
                        0, 89, 0, 0, List.of(Order.HEALTH), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD),
                "above-max-load");
        assertLoses(
                3,
                new ElectionConfig(
                        41, 100, 0, 0, List.of(Order.HEALTH), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD),
                "below-min-health");
        assertLoses(
                1,
                new ElectionConfig(
                        0, 100, 3, 0, List.of(Order.HEALTH), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD),
                "below-min-processors");
        assertLoses(
                1,
                new ElectionConfig(
                        0, 100, 0, 1001, List.of(Order.HEALTH), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD),
                "below-min-link-speed");
    }

    private static void assertLoses(int backup, ElectionConfig rules, String why) {
        Ranking ranking = ranking(rules, backup);
        assertNotEquals(backup, ranking.first());
        assertFalse(ranking.candidates().contains(backup));
        assertEquals(why, ranking.whyLost(backup, ranking.first()));
    }

    @Tag("ELE-09")
    @Test
    void whoMeetsACriterionExactlyMeetsIt() {
        ElectionConfig rules = new ElectionConfig(
                HEALTHY, 20, 2, 1000, List.of(Order.HEALTH), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD);
        assertEquals(DeviceSet.of(1), ranking(rules, 0).candidates());
    }

    @Test
    void ifNobodyMeetsTheCriteriaAllAreCandidates() {
        ElectionConfig rules = new ElectionConfig(
                0, 100, 100, 0, List.of(Order.PROCESSORS), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD);
        Ranking ranking = ranking(rules, 3);
        assertEquals(4, ranking.candidates().size());
        assertEquals(List.of(3, 4, 2, 1), order(ranking));
        assertEquals("fewer-processors", ranking(rules, 0).whyLost(1, 4));
    }

    @Test
    void theCriteriaDecideIfTheNextOneDoesNotMeetThem() {
        ElectionConfig rules = new ElectionConfig(
                0, 100, 8, 0, List.of(Order.LOAD), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD);
        assertEquals("election-criteria", ranking(rules, 0).criterion());
        assertEquals("processors", ranking(by(Order.PROCESSORS), 0).criterion());
        assertEquals("later", ranking(by(Order.LOWEST_NUMBER), 0).whyLost(1, 2));
        assertEquals("later", ranking(by(Order.LOWEST_NUMBER), 0).whyLost(9, 2));
    }
}
