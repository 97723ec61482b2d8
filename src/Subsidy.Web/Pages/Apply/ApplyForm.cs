using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Localization;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Apply;

/// <summary>
/// The fields of an application's form. Their pointers are those of the HTTP contract's <c>application</c> document, so the page
/// hands in the same JSON as a program would, and is answered with the same faults.
/// </summary>
internal sealed class ApplyForm(IStringLocalizer<ApplyWords> words)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
    private const int MostMembers = 20;
    private const int OfferedMembers = 2;

    public IReadOnlyList<FormSection> Of(Scheme scheme, TownshipRegister township)
    {
        var sections = new List<FormSection>
        {
            new(words["VillageTitle"], [Village(township)]),
            new(words["ApplicantTitle"], Applicant(scheme)),
        };
        if (scheme.Household is not HouseholdRule.None)
            sections.Add(new(null, [Household(scheme.Household is HouseholdRule.Required)]));
        if (SchemaFields.Of(scheme.Answers, "/answers") is { Count: > 0 } answers)
            sections.Add(new(words["AnswersTitle"], answers));
        if (scheme.Payee)
            sections.Add(new(words["PayeeTitle"], Payee()));
        return sections;
    }

    private ChoiceField Village(TownshipRegister township) => new("/village", words["Village"], null, Required: true,
        [.. township.Villages.Select(village => new Option(village.Id, village.Name.In(CultureInfo.CurrentUICulture)))]);

    private List<Field> Applicant(Scheme scheme)
    {
        var fields = new List<Field>
        {
            new TextField("/applicant/name", words["Name"], null, Required: true, MaxLength: 80, AutoComplete: "name"),
            new TextField("/applicant/idNumber", words["IdNumber"], words["IdNumberHelp"], Required: true, MaxLength: 30),
            new TextField("/applicant/phone", words["Phone"], null, Required: true, MaxLength: 20, InputMode: "tel", AutoComplete: "tel"),
            new TextField("/applicant/email", words["Email"], words["EmailHelp"], Required: false, MaxLength: 254, InputMode: "email", AutoComplete: "email"),
        };
        if (scheme.Applicants.Count > 1)
            fields.Insert(0, new ChoiceField("/applicant/kind", words["Kind"], null, Required: true, [.. scheme.Applicants.Select(Kind)]));
        return fields;
    }

    private Option Kind(ApplicantKind kind) => new(NameOf(kind), words[$"Kind.{kind}"]);

    private RowsField Household(bool required)
    {
        return new RowsField("/household", words["HouseholdTitle"], words["HouseholdHelp"], required, Member, OfferedMembers, MostMembers);

        IReadOnlyList<Field> Member(int index) =>
        [
            new TextField($"/household/{index}/name", words["Name"], null, Required: true, MaxLength: 80),
            new TextField($"/household/{index}/idNumber", words["IdNumber"], null, Required: true, MaxLength: 30),
            new TextField($"/household/{index}/relation", words["Relation"], null, Required: true, MaxLength: 40),
        ];
    }

    private List<Field> Payee() =>
    [
        new TextField("/payee/name", words["PayeeName"], null, Required: true, MaxLength: 80),
        new TextField("/payee/account", words["Account"], null, Required: true, MaxLength: 40, InputMode: "numeric"),
        new TextField("/payee/bank", words["Bank"], null, Required: true, MaxLength: 80),
    ];

    /// <summary>As the HTTP contract spells it.</summary>
    public static string NameOf(ApplicantKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>The document that the form would make, so that it can be filled in with what was handed in before.</summary>
    public static JsonObject ToJson(Form form) => JsonSerializer.SerializeToNode(form, Json)!.AsObject();
}
