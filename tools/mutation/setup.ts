import fc from 'fast-check';

// Thousands of mutants meet the same properties: each property goes on for so long and no longer. A mutant that lives through it all
// the same is counted as alive.
fc.configureGlobal({ interruptAfterTimeLimit: 1500, markInterruptAsFailure: false });
