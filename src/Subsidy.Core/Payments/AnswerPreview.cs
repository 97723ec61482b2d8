namespace Subsidy.Core.Payments;

/// <summary>What an uploaded answer would change, if it were taken now.</summary>
/// <inheritdoc cref="AnswerProposed" path="/param[@name='Document']"/>
public sealed record AnswerPreview(ProposedAnswer Answer, string? Document)
{
    /// <summary>Payments of which it says something final and new, by what it says.</summary>
    public IReadOnlyDictionary<LineOutcome, Total> Changes { get; private init; } = new Dictionary<LineOutcome, Total>();

    /// <summary>All others.</summary>
    public Total Unchanged { get; private init; }

    /// <summary>The first of those that would fail, as they are now, with why: each would be due again.</summary>
    public IReadOnlyList<(PayLine Line, string Code)> Failing { get; private init; } = [];

    internal AnswerPreview With(PayLine line, BankWord word, int mostFailing)
    {
        var one = new Total(1, line.Amount);
        if (!word.Changes(line))
            return this with { Unchanged = Unchanged + one };
        return this with
        {
            Changes = Total.Merge([Changes, new Dictionary<LineOutcome, Total> { [word.Outcome] = one }]),
            Failing = word.Code is { } code && Failing.Count < mostFailing ? [.. Failing, (line, code)] : Failing,
        };
    }
}
