package io.frontdesk.modules.rewrite;

import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.net.regex.RegexMatchException;
import org.jspecify.annotations.Nullable;

/**
 * {@code if}: goes on with the steps of the block, or behind them. In a location the block is a location of its own, which is in force
 * from here on.
 *
 * @param test  decides
 * @param plan  the block's plan; null in a server
 * @param steps how many steps the block has
 */
record IfStep(Test test, @Nullable LocationPlan plan, int steps) implements Step {

    @Override
    public int run(Run run, int at) {
        try {
            if (!test.holds(run)) {
                return at + 1 + steps;
            }
        } catch (RegexMatchException e) {
            return run.end(RegexFailure.finish(run.exchange(), e));
        }
        if (plan != null) {
            run.exchange().location(plan);
        }
        return at + 1;
    }
}
