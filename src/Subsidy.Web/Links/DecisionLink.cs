namespace Subsidy.Web.Links;

/// <summary>What a link in a reviewer's mail stands for: this person, this question, this round, and no other.</summary>
/// <param name="Assignment">Key of the step, objection or appeal.</param>
/// <param name="Number">The link's number; a later link of the same person makes it void.</param>
/// <param name="Expires">To the second; from then on the link opens nothing.</param>
public sealed record DecisionLink(string Application, string Assignment, int Round, string Staff, int Number, DateTimeOffset Expires);

public enum LinkFault
{
    None,

    /// <summary>Not made here, or altered: as good as no link at all.</summary>
    Forged,

    Expired,
}
