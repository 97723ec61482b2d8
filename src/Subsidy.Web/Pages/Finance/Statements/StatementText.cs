using Subsidy.Core;

namespace Subsidy.Web.Pages.Finance.Statements;

/// <summary>What the page and the table to take away say alike.</summary>
internal static class StatementText
{
    public static readonly Text Cash = new("现金或实物", "In cash or in kind");

    public static Text Role(CaseStatement one) => one switch
    {
        { Enterprise: { } enterprise } => new($"代表企业：{enterprise}", $"For the enterprise {enterprise}"),
        { Applies: true } => new("申请人", "Applicant"),
        _ => new("家庭成员", "Member of the household"),
    };

    public static Text People(IReadOnlyList<StatementPerson> people) => new(
        string.Join('、', people.Select(person => $"{person.Name}（{person.Relation ?? "申请人"}）")),
        string.Join(", ", people.Select(person => $"{person.Name} ({person.Relation ?? "applicant"})")));
}
