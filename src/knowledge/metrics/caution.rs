//! How not to read figures about incidents, with those who have shown it.

use super::{Caution, Source};

/// What to bear in mind, in order of weight.
pub(super) const CAUTIONS: [Caution; 5] = [
    Caution {
        key: "no-average",
        title: "No average, and no “MTTR”",
        text: "Most incidents are short and a few are very long, so the mean of their durations lies above most of them and jumps with \
               every long one. The letters MTTR stand for repair, recovery, resolution or response, as the writer pleases. Every measure \
               here has a name and a definition of its own, and shows each incident.",
        source: Some(Source {
            name: "The VOID, on thousands of public incident reports",
            url: "https://www.verica.io/blog/mttr-is-a-misleading-metric-now-what/",
        }),
    },
    Caution {
        key: "unsteady-median",
        title: "A median is unsteady, too",
        text: "Štěpán Davidovič drew incidents of large operators at random, again and again. Even where nothing had changed, averages of \
               a period often looked as if something had; and a real change of a tenth was often hidden. The median is less misled, not safe. \
               Beside each stands the interval in which it may as well lie, and two periods whose intervals overlap show no difference.",
        source: Some(Source {
            name: "Š. Davidovič, Incident Metrics in SRE (Google, 2021)",
            url: "https://sre.google/resources/practices-and-processes/incident-metrics-in-sre/",
        }),
    },
    Caution {
        key: "long-not-severe",
        title: "Long is not severe",
        text: "In public reports how long an incident lasts says next to nothing about how severe it was. When it began and when it was over \
               is a judgement, often made afterwards.",
        source: Some(Source { name: "The VOID reports", url: "https://www.thevoid.community/report" }),
    },
    Caution {
        key: "fewer-not-better",
        title: "Fewer is not better",
        text: "These are the incidents that somebody wrote up, in this edition. More of them may mean more faults, better detection or less \
               fear of writing them down; a count alone does not say which.",
        source: Some(Source { name: "NIST SP 800-61 r2, section 3.4.2", url: "https://csrc.nist.gov/pubs/sp/800/61/r2/final" }),
    },
    Caution {
        key: "what-is-missing",
        title: "What is missing may not be like what is there",
        text: "A time can only be measured where both its ends were written down, and that is done more often for some incidents than for \
               others. Where much is missing, a figure is about the incidents with good records. What is known within bounds keeps them: \
               nothing is guessed, and nothing is carried forward.",
        source: None,
    },
];
