namespace Subsidy.Core.Applications.Deciding;

/// <summary>From the form to the first event.</summary>
internal static class Intake
{
    /// <summary>Papers that are handed in at one time, reviewers' pictures not counted; each return asks for papers anew.</summary>
    private const int MaxPapers = 12;

    public static Refusal? OpenDraft(Unfolding u, OpenDraft c)
    {
        if (u.Now is not null)
            return SameRequest(u.A, c.Fingerprint);
        if (Village(u, c.Village) is { } unknown)
            return Refusal.Invalid(unknown);
        u.Emit(new DraftOpened(u.Scheme.Pin, c.Village, c.Language, c.Fingerprint, u.At + Timing.DraftLife));
        return null;
    }

    public static Refusal? AddPaper(Unfolding u, AddPaper c)
    {
        if (u.A.Status is not (Status.Draft or Status.Returned) && AskedPapers.Of(u.A, u.Scheme).Count == 0)
            return Refusal.Of(RefusalCode.MovedOn, "现在不能补交材料。", "Papers are not taken at this point.");
        if (PaperFault(u, [c]) is { } fault)
            return Refusal.Invalid(fault);
        u.Emit(new PaperAdded(c.Paper, c.FileName));
        return null;
    }

    public static Refusal? Submit(Unfolding u, Submit c)
    {
        if (u.Now is { Status: not Status.Draft, SubmittedAt: null })
            return Refusal.Of(RefusalCode.Expired, "草稿已失效，请重新申请。", "The draft has lapsed or was withdrawn; please begin again.");
        if (u.Now is { Status: not Status.Draft })
            return SameRequest(u.A, c.Fingerprint);

        var papers = Papers(u.Now?.Papers, c.Papers);
        var faults = new List<Fault>();
        if (Village(u, c.Village) is { } unknown)
            faults.Add(unknown);
        if (PaperFault(u, c.Papers) is { } paper)
            faults.Add(paper);
        faults.AddRange(FormCheck.Check(u.Scheme, c.Form, papers, u.Registers, u.Today));
        if (faults.Count > 0)
            return Refusal.Invalid(faults);

        var facts = Facts.Of(u.Scheme, c.Form, u.Today);
        var scope = Facts.Scope(facts, [], u.Registers, null, u.At, papers);
        u.Emit(new Submitted(
            u.Scheme.Pin, c.Village, c.Language, c.Fingerprint, c.Form, facts, c.Persons,
            Claims.Of(u.Scheme, c.Persons, scope, u.At), u.Registers));
        foreach (var added in c.Papers)
            u.Emit(new PaperAdded(added.Paper, added.FileName));
        Amounts.Refresh(u);
        return null;
    }

    public static Dictionary<string, int> Papers(IReadOnlyDictionary<string, int>? before, IReadOnlyList<AddPaper> added)
    {
        var papers = new Dictionary<string, int>(before ?? new Dictionary<string, int>());
        foreach (var paper in added)
            papers[paper.Paper.Kind] = papers.GetValueOrDefault(paper.Paper.Kind) + 1;
        return papers;
    }

    /// <summary>What the form is checked with: papers that were handed in again stand for the earlier ones of their kind.</summary>
    public static Dictionary<string, int> Current(Unfolding u, IReadOnlyList<AddPaper> added) =>
        Papers(u.A.Papers, added).ToDictionary(
            paper => paper.Key,
            paper => Math.Min(paper.Value, u.Scheme.Documents.FirstOrDefault(document => document.Kind == paper.Key)?.MaxCount ?? paper.Value));

    public static Fault? PaperFault(Unfolding u, IReadOnlyList<AddPaper> added)
    {
        var papers = Papers(u.Now?.Papers, added);
        // After a return papers of a kind come again and stand for the earlier ones, so only what comes together is counted then.
        var together = u.Now is { Status: Status.Draft } ? papers : Papers(null, added);
        foreach (var kind in added.Select(paper => paper.Paper.Kind).Distinct())
        {
            if (u.Scheme.Documents.FirstOrDefault(document => document.Kind == kind) is not { } rule)
                return new Fault($"/papers/{kind}", new Text($"没有“{kind}”这种材料。", $"There is no document kind '{kind}'."));
            if (together[kind] > rule.MaxCount)
                return new Fault($"/papers/{kind}", new Text($"“{rule.Title.Zh}”最多交{rule.MaxCount}份。", $"“{rule.Title.En}”: at most {rule.MaxCount}."));
        }
        var own = u.Scheme.Documents.Sum(document => papers.GetValueOrDefault(document.Kind));
        var rechecks = u.Now?.Recurring is { } recurring && u.Scheme.Amount?.Recheck is { } recheck ? (recurring.Granted / recheck.Every) + recurring.Called : 0;
        var times = 1 + (u.Now?.Returns ?? 0) + (u.Now?.Waiting is { Kind: WaitingKind.Supplement } ? 1 : 0) + rechecks;
        return own > MaxPapers * times
            ? new Fault("/papers", new Text($"最多交{MaxPapers}份材料。", $"At most {MaxPapers} papers are taken."))
            : null;
    }

    private static Fault? Village(Unfolding u, string village) => u.Township.FindVillage(village) is null
        ? new Fault("/village", new Text("没有这个村，请从名单里选择。", "There is no such village; choose one from the list."))
        : null;

    /// <summary>The same request again changes nothing and gets the same answer; another one must not pass for it.</summary>
    private static Refusal? SameRequest(Application application, string? fingerprint) => application.Fingerprint == fingerprint
        ? null
        : Refusal.Of(
            RefusalCode.Invalid,
            "这个 Idempotency-Key 已用于另一份内容，请换一个。",
            "This Idempotency-Key was used with other content; use a new one.");
}
