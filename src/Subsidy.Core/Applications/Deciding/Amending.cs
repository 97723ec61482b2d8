namespace Subsidy.Core.Applications.Deciding;

/// <summary>The applicant answers a return, or completes the papers after an emergency.</summary>
internal static class Amending
{
    public static Refusal? Amend(Unfolding u, Amend c)
    {
        if (u.A.Waiting is { Kind: WaitingKind.Supplement } waiting)
            return Supplement(u, c, waiting);
        if (u.A is not { Status: Status.Returned, Return: { } back })
        {
            return AskedPapers.Of(u.A, u.Scheme).Count > 0
                ? Bring(u, c)
                : Refusal.Of(RefusalCode.MovedOn, "这份申请现在不需要补正。", "Nothing is asked of this application now.");
        }
        if (u.A.Duties.OfType<TakeClaims>().Any())
            return Pending();

        var faults = new List<Fault>();
        if (Intake.PaperFault(u, c.Papers) is { } fault)
            faults.Add(fault);
        if (c.Form is not null)
            faults.AddRange(FormCheck.Check(u.Scheme, c.Form, Intake.Current(u, c.Papers), u.Registers, u.Today));
        // The money may be on its way: no run waits for those who look at what was amended.
        if (c.Form is not null && (u.A.Entitlement is not null || u.A.Recurring is not null) && c.Form.Payee != u.A.Payee)
        {
            faults.Add(new Fault("/payee", new Text(
                "款项已经批准，这里不能更改收款账户；请保留现在的账户，另行更正。",
                "The money is granted already, and goes to the account that stands. Please leave it here as it is, and correct the account separately.")));
        }
        if (c.Form is null && c.Papers.Count == 0 && u.A.Changed == back.Number && string.IsNullOrWhiteSpace(c.Comment))
            faults.Add(new Fault("", new Text("没有补正任何内容。", "Nothing has been put right.")));
        if (faults.Count > 0)
            return Refusal.Invalid(faults);

        if (c.Form is null)
        {
            u.Emit(new Amended(null, null, u.A.Persons, u.A.Claims, c.Comment));
        }
        else
        {
            var facts = Facts.Of(u.Scheme, c.Form, u.Today);
            var scope = Facts.Scope(facts, u.A.Measured, u.Registers, u.A.Amount, u.A.SubmittedAt, Intake.Papers(u.A.Papers, c.Papers));
            u.Emit(new Amended(c.Form, facts, c.Persons, Claims.Of(u.Scheme, c.Persons, scope, u.A.SubmittedAt ?? u.At), c.Comment));
        }
        foreach (var added in c.Papers)
            u.Emit(new PaperAdded(added.Paper, added.FileName));
        Reconsider(u);
        Amounts.Refresh(u);
        if (u.A.ClaimsHeld)
            Walking.GoOn(u);
        return null;
    }

    /// <summary>Nobody decides on their own household's application, nor has done so because the household was told late.</summary>
    private static void Reconsider(Unfolding u)
    {
        foreach (var step in u.A.Passed)
        {
            var near = u.A.Acts
                .Where(act => act.Assignment == step && act.Decision is Schemes.Decision.Approve)
                .Select(act => act.Staff).Distinct()
                .Where(staff => IsNear(u, staff))
                .ToList();
            if (near.Count > 0)
                u.Emit(new StepReopened(step, near));
        }
    }

    /// <summary>Under whichever id they stand in the register now, or in none any more.</summary>
    private static bool IsNear(Unfolding u, string staff) =>
        u.A.Known.Any(known => known.Id == staff && u.A.Persons.Contains(known.Person))
        || u.Township.Staff.Any(person => u.IsSamePerson(person.Id, staff) && Eligibility.Kinship(u.A, person) is not null);

    public static Refusal Pending() => Refusal.Of(
        RefusalCode.MovedOn, "申请正在登记，请稍后再试。", "The application is being registered; please try again in a moment.");

    /// <summary>Papers for a re-check: whoever decides it sees them, and when it is decided does not depend on them.</summary>
    private static Refusal? Bring(Unfolding u, Amend c)
    {
        if (c.Form is not null)
            return Refusal.Invalid(new Fault("/form", new Text("复核期间只能补交材料。", "Only papers can be handed in for a re-check.")));
        if (Intake.PaperFault(u, c.Papers) is { } fault)
            return Refusal.Invalid(fault);
        if (c.Papers.Count == 0)
            return Refusal.Invalid(new Fault("", new Text("没有附上材料。", "No papers came with it.")));
        foreach (var added in c.Papers)
            u.Emit(new PaperAdded(added.Paper, added.FileName));
        return null;
    }

    private static Refusal? Supplement(Unfolding u, Amend c, Waiting waiting)
    {
        if (Intake.PaperFault(u, c.Papers) is { } fault)
            return Refusal.Invalid(fault);
        var papers = Intake.Papers(u.A.Papers, c.Papers);
        var missing = waiting.Documents.Where(kind => papers.GetValueOrDefault(kind) == 0).ToList();
        if (missing.Count > 0)
        {
            return Refusal.Invalid([.. missing.Select(kind =>
            {
                var title = u.Scheme.Documents.First(document => document.Kind == kind).Title;
                return new Fault($"/papers/{kind}", new Text($"还缺：{title.Zh}。", $"Still missing: {title.En}."));
            })]);
        }
        foreach (var added in c.Papers)
            u.Emit(new PaperAdded(added.Paper, added.FileName));
        u.Emit(new Supplemented(waiting.Step, Complete: true));
        Walking.Pass(u, waiting.Step);
        return null;
    }
}
