using Subsidy.Core.Payments;

namespace Subsidy.Web.Links;

/// <summary>What a link in an approver's mail stands for: this person, this pay run as it was prepared, and no other.</summary>
/// <param name="Digest">Of what was prepared (<see cref="Preparation.Digest"/>).</param>
/// <param name="Expires">To the second; from then on the link opens nothing.</param>
public sealed record ApprovalLink(PayRunId Run, string Digest, string Staff, DateTimeOffset Expires);
