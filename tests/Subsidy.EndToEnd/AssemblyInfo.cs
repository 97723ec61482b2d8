using Subsidy.EndToEnd.Walking;
using Xunit.Sdk;
using Xunit.v3;

// One head for all walks, as in a township; the clock is shared, so they go one after the other.
[assembly: AssemblyFixture(typeof(Head))]
[assembly: Parallelization(Mode = ParallelMode.None)]
