using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>Finds everything that is wrong with a form at once, so that nobody comes a second time for what could have been said the first.</summary>
public static class FormCheck
{
    private const int LongestName = 100;
    private const int LongestRelation = 20;
    private const int LargestHousehold = 30;

    /// <param name="papersByKind">How many papers of each kind there are.</param>
    /// <param name="registers">What each register that the scheme names says of the persons.</param>
    /// <param name="today">The local date.</param>
    /// <returns>
    /// Faults with JSON pointers into the application as it is sent: <c>/applicant/idNumber</c>, <c>/household/0/name</c>,
    /// <c>/payee/account</c>, <c>/answers/landType</c>, <c>/papers/idCopy</c>. Empty when the form is sound.
    /// </returns>
    public static IReadOnlyList<Fault> Check(
        Scheme scheme,
        Form form,
        IReadOnlyDictionary<string, int> papersByKind,
        IReadOnlyDictionary<string, bool> registers,
        DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(form);
        var faults = new List<Fault>();
        Applicant(scheme, form.Applicant, today, faults);
        Household(scheme, form, today, faults);
        Payee(scheme, form.Payee, faults);
        faults.AddRange(FormSchema.Check(scheme.Answers, form.Answers, "/answers"));
        var scope = Facts.Scope(Facts.OfAll(form, today), [], registers, null, ChinaTime.StartOf(today), papersByKind);
        new RuleCheck(scheme, scope, faults).Run(papersByKind);
        return faults;
    }

    /// <summary>The same for an account that is corrected later.</summary>
    public static IReadOnlyList<Fault> Payee(Scheme scheme, Payee payee)
    {
        var faults = new List<Fault>();
        Payee(scheme, payee, faults);
        return faults;
    }

    private static void Applicant(Scheme scheme, Applicant applicant, DateOnly today, List<Fault> faults)
    {
        if (!scheme.Applicants.Contains(applicant.Kind))
        {
            faults.Add(new("/applicant/kind", new(
                $"这个事项可由以下申请人提出：{string.Join("、", scheme.Applicants.Select(Kind).Select(kind => kind.Zh))}。",
                $"This can be applied for by: {string.Join(", ", scheme.Applicants.Select(Kind).Select(kind => kind.En))}.")));
        }
        Words("/applicant/name", applicant.Name, new("姓名或名称", "Name"), LongestName, faults);
        if (!IdNumber.TryParse(applicant.IdNumber, today, out _, out var wrong))
            faults.Add(new("/applicant/idNumber", wrong));
        if (!Mobile.TryParse(applicant.Phone, out _, out wrong))
            faults.Add(new("/applicant/phone", wrong));
        if (!string.IsNullOrWhiteSpace(applicant.Email) && !EmailAddress.TryParse(applicant.Email, out _, out wrong))
            faults.Add(new("/applicant/email", wrong));
    }

    private static Text Kind(ApplicantKind kind) => kind switch
    {
        ApplicantKind.Person => new("个人", "a person"),
        ApplicantKind.Household => new("家庭", "a household"),
        _ => new("企业或合作社", "an enterprise or cooperative"),
    };

    private static void Household(Scheme scheme, Form form, DateOnly today, List<Fault> faults)
    {
        var members = form.Household;
        if (scheme.Household is HouseholdRule.Required && members.Count == 0)
            faults.Add(new("/household",
                new("请填写家庭成员；一人一户的，填写申请人本人。", "List the members of the household; who lives alone lists himself or herself.")));
        if (scheme.Household is HouseholdRule.None && members.Count > 0)
            faults.Add(new("/household", new("这个事项不需要家庭成员，请不要填写。", "This needs no household members; please leave them out.")));
        if (members.Count > LargestHousehold)
        {
            faults.Add(new("/household", new($"家庭成员最多填写{LargestHousehold}人。", $"At most {LargestHousehold} household members can be listed.")));
            return;
        }
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            var at = $"/household/{i}";
            Words($"{at}/name", members[i].Name, new("姓名", "Name"), LongestName, faults);
            Words($"{at}/relation", members[i].Relation, new("与申请人的关系", "Relation to the applicant"), LongestRelation, faults);
            if (!IdNumber.TryParse(members[i].IdNumber, today, out var number, out var wrong))
                faults.Add(new($"{at}/idNumber", wrong));
            else if (!seen.TryAdd(number.Value, i))
                faults.Add(new($"{at}/idNumber",
                    new($"与第{seen[number.Value] + 1}位家庭成员的身份证号码相同，每人只填一次。", $"This is the ID number of household member {seen[number.Value] + 1}; list each person once.")));
        }
    }

    private static void Payee(Scheme scheme, Payee? payee, List<Fault> faults)
    {
        if (payee is null)
        {
            if (scheme.Payee)
                faults.Add(new("/payee", new("请填写收款人、账号和开户行。", "Fill in the payee's name, account and bank.")));
            return;
        }
        if (!scheme.Payee)
        {
            faults.Add(new("/payee", new("这个事项不发放资金，请不要填写收款账户。", "Nothing is paid here; please leave the payee out.")));
            return;
        }
        Words("/payee/name", payee.Name, new("收款人", "Payee"), LongestName, faults);
        Words("/payee/bank", payee.Bank, new("开户行", "Bank"), LongestName, faults);
        if (!BankAccount.TryParse(payee.Account, out _, out var wrong))
            faults.Add(new("/payee/account", wrong));
    }

    private static void Words(string pointer, string? words, Text title, int most, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(words))
            faults.Add(new(pointer, FormSchema.Needed(title)));
        else if (words.Length > most)
            faults.Add(new(pointer, new($"“{title.Zh}”最多{most}个字。", $"“{title.En}” has at most {most} characters.")));
        else if (words.Any(char.IsControl))
            faults.Add(new(pointer, new($"“{title.Zh}”含有不能显示的字符，请重新填写。", $"“{title.En}” has characters that cannot be shown; type it again.")));
    }
}
