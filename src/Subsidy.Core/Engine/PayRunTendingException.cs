using System.Diagnostics.CodeAnalysis;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>A pay run could not be carried on. The next round does what this one could not.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a run and a cause there is nothing to report.")]
public sealed class PayRunTendingException(PayRunId run, Exception cause) : Exception($"Pay run {run} could not be carried on.", cause)
{
    public PayRunId Run => run;
}
