/// Tests of the parts of a course of faults that need no lab, and a short course.
@NullMarked
package net.testudo.lab.faults;

import org.jspecify.annotations.NullMarked;
