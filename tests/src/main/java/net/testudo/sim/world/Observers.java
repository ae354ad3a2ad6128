package net.testudo.sim.world;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import org.jspecify.annotations.Nullable;

/// Passes everything on to each observer, in the order they were added.
final class Observers implements Observer {
    private final List<Observer> all = new ArrayList<>();

    void add(Observer observer) {
        all.add(observer);
    }

    @Override
    public void onStart(SimDevice device) {
        for (Observer observer : all) {
            observer.onStart(device);
        }
    }

    @Override
    public void onCrash(SimDevice device) {
        for (Observer observer : all) {
            observer.onCrash(device);
        }
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        for (Observer observer : all) {
            observer.onTurn(device, work);
        }
    }

    @Override
    public void onSend(SimDevice device, SimPort port, byte[] frame) {
        for (Observer observer : all) {
            observer.onSend(device, port, frame);
        }
    }

    @Override
    public void onReceive(SimDevice device, SimPort port, byte[] frame) {
        for (Observer observer : all) {
            observer.onReceive(device, port, frame);
        }
    }

    @Override
    public void onRequest(SimDevice device, Request request) {
        for (Observer observer : all) {
            observer.onRequest(device, request);
        }
    }

    @Override
    public void onAnswer(SimDevice device, @Nullable Request request, Answer answer) {
        for (Observer observer : all) {
            observer.onAnswer(device, request, answer);
        }
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        for (Observer observer : all) {
            observer.onPublish(device, snapshot);
        }
    }

    @Override
    public void onEvent(SimDevice device, ElementEvent event) {
        for (Observer observer : all) {
            observer.onEvent(device, event);
        }
    }

    @Override
    public void onFault(String what) {
        for (Observer observer : all) {
            observer.onFault(what);
        }
    }
}
