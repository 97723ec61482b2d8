using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>The claims that a scheme's limits ask of an application: <c>{scheme}|{limit}|{person}|{period}</c>.</summary>
public static class Claims
{
    /// <param name="persons">The applicant's key first, then the household's.</param>
    /// <param name="at">When the application was made; a year is the local calendar's.</param>
    /// <returns>Each key once, in no particular order.</returns>
    /// <exception cref="ExpressionException">A limit's expression fails, or gives nothing to tell applications apart by.</exception>
    public static IReadOnlyList<Claim> Of(Scheme scheme, IReadOnlyList<PersonKey> persons, JsonObject scope, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(persons);
        var claims = new List<Claim>();
        foreach (var limit in scheme.Limits.Where(limit => limit.When?.Holds(scope) ?? true))
        {
            var value = limit.Distinct is { } distinct ? ValueOf(distinct, scope) : null;
            foreach (var person in limit.Per is LimitPer.Person ? persons.Take(1) : persons.Distinct())
            {
                var period = limit.Kind switch
                {
                    LimitKind.Live => "live",
                    LimitKind.Year => ChinaTime.DateOf(at).Year.ToString(CultureInfo.InvariantCulture),
                    LimitKind.Rolling => "rolling",
                    _ => Digest(person, value!),
                };
                claims.Add(new Claim($"{scheme.Id}|{limit.Key}|{person}|{period}", limit.Key, limit.Max, limit.Months));
            }
        }
        return claims;
    }

    private static string ValueOf(Expression distinct, JsonObject scope) => distinct.Evaluate(scope)?.ToJsonString()
        ?? throw new ExpressionException($"'{distinct.Source}' gives nothing to tell applications apart by.");

    /// <summary>A row key takes neither every character nor any length, and what happened to a household does not stand in it in the clear.</summary>
    private static string Digest(PersonKey person, string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person}|{value}")).AsSpan(0, 16));
}
