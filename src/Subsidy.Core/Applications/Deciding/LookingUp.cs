using Subsidy.Core.Township;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>Who looks up what people were paid leaves a trace with each of them; it is open to few, and changes nothing.</summary>
internal static class LookingUp
{
    private static readonly string[] Allowed = [Roles.FinancePreparer, Roles.FinanceApprover, Roles.Auditor];

    public static Refusal? Draw(Unfolding u, DrawStatement c)
    {
        if (u.Township.Find(c.Staff) is not { } person || !Allowed.Any(person.Holds))
            return Refusal.Of(RefusalCode.NotAllowed, "只有财务和审计人员可以查询发放清单。", "Statements of payments are for the finance office and for auditors.");
        if (u.A.SubmittedAt is null)
            return Refusal.Of(RefusalCode.NotFound, "没有这份申请。", "There is no such application.");
        u.Emit(new StatementDrawn(c.Staff, c.Year));
        return null;
    }
}
