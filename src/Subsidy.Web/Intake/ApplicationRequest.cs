using System.Text.Json;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Intake;

/// <summary>What an applicant sends: the part <c>application</c> of the HTTP contract.</summary>
/// <param name="Form">Null where nothing of the form was sent: a draft, or an amendment that only adds papers.</param>
public sealed record ApplicationRequest(string? Scheme, string? Village, Form? Form, string? Comment)
{
    private const int MostMembers = 40;
    private const int LongestLine = 200;

    /// <param name="today">The local date, for telling an ID number.</param>
    internal static ApplicationRequest Read(JsonElement json, DateOnly today, List<Fault> faults)
    {
        var fields = new JsonFields(json, "", faults);
        var filled = fields.Has("applicant") | fields.Has("household") | fields.Has("payee") | fields.Has("answers");
        var request = new ApplicationRequest(
            fields.Text("scheme", LongestLine),
            fields.Text("village", LongestLine),
            filled ? ReadForm(fields, today, faults) : null,
            fields.Text("comment"));
        fields.Close();
        return request;
    }

    private static Form ReadForm(JsonFields fields, DateOnly today, List<Fault> faults) => new(
        ReadApplicant(fields.Object("applicant"), today, faults),
        [.. fields.Objects("household", MostMembers).Select(member => ReadMember(member, today))],
        fields.Object("payee") is { } payee ? ReadPayee(payee) : null,
        fields.Tree("answers") ?? []);

    private static Applicant ReadApplicant(JsonFields? fields, DateOnly today, List<Fault> faults)
    {
        if (fields is null)
        {
            faults.Add(new Fault("/applicant", new Text("请填写申请人。", "Please say who applies.")));
            return new Applicant(ApplicantKind.Person, "", "", "", null);
        }
        if (!fields.Has("kind"))
            faults.Add(new Fault("/applicant/kind", new Text("请选择由谁申请。", "Please choose who applies.")));
        var applicant = new Applicant(
            fields.Choice<ApplicantKind>("kind") ?? ApplicantKind.Person,
            Line(fields.Text("name", LongestLine)),
            IdNumberOf(fields.Text("idNumber", LongestLine), today),
            MobileOf(fields.Text("phone", LongestLine)),
            EmailOf(fields.Text("email", 2 * LongestLine)));
        fields.Close();
        return applicant;
    }

    private static HouseholdMember ReadMember(JsonFields fields, DateOnly today)
    {
        var member = new HouseholdMember(
            Line(fields.Text("name", LongestLine)), IdNumberOf(fields.Text("idNumber", LongestLine), today), Line(fields.Text("relation", LongestLine)));
        fields.Close();
        return member;
    }

    internal static Payee ReadPayee(JsonFields fields)
    {
        var payee = PayeeOf(fields.Text("name", LongestLine), fields.Text("account", LongestLine), fields.Text("bank", LongestLine));
        fields.Close();
        return payee;
    }

    internal static Payee PayeeOf(string? name, string? account, string? bank) => new(Line(name), AccountOf(account), Line(bank));

    // One spelling for the same number, so that the same person is known again; what is no number stays, and is told by the core.

    private static string IdNumberOf(string? text, DateOnly today) =>
        IdNumber.TryParse(text, today, out var number, out _) ? number.Value : Line(text);

    private static string MobileOf(string? text) => Mobile.TryParse(text, out var mobile, out _) ? mobile.Value : Line(text);

    private static string AccountOf(string? text) => BankAccount.TryParse(text, out var account, out _) ? account.Value : Line(text);

    private static string? EmailOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : EmailAddress.TryParse(text, out var email, out _) ? email.Value : text.Trim();

    private static string Line(string? text) => (text ?? "").Trim();
}
