package io.frontdesk.modules.ssi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SsiDateTest {
    /** Sunday, 6 November 1994. */
    private static final long TIME = 784_111_777;

    @Test
    void formatsAsStrftimeDoes() {
        assertThat(SsiDate.format(SsiDate.USUAL, TIME, true)).isEqualTo("Sunday, 06-Nov-1994 08:49:37 GMT");
        assertThat(SsiDate.format("%a %b %e %T %Y|%D|%F|%I %p|%j|%u%w|%U %W %V %G|%y|%z|%%|%Q|%", TIME, true))
                .isEqualTo("Sun Nov  6 08:49:37 1994|11/06/94|1994-11-06|08 AM|310|70|45 44 44 1994|94|+0000|%|%Q|%");
    }

    @Test
    void countsSecondsWhereOnlyThatIsAskedFor() {
        assertThat(SsiDate.format("%s", TIME, false)).isEqualTo("784111777");
    }
}
