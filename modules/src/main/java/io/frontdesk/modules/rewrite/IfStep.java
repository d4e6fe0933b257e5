package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Statement;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.net.regex.RegexMatchException;
import org.jspecify.annotations.Nullable;

/**
 * {@code if}: goes on with the steps of the block, or behind them. In a location the block is a location of its own, which is in force
 * from here on.
 *
 * @param at    the line
 * @param test  decides
 * @param plan  the block's plan; null in a server
 * @param steps how many steps the block has
 */
record IfStep(Statement at, Test test, @Nullable LocationPlan plan, int steps) implements Step {

    @Override
    public int run(Run run, int at) {
        try {
            boolean holds = test.holds(run);
            if (run.exchange().trace() != null) {
                tell(run, holds);
            }
            if (!holds) {
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

    private void tell(Run run, boolean holds) {
        String groups = holds && test instanceof RegexTest ? run.exchange().captures().describe() : "";
        run.tell("if", at, StepText.condition(at) + (holds ? " holds" : " does not hold") + groups);
    }
}
