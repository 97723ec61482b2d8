using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;
namespace Subsidy.Core.Applications;
public static class FormCheck
{
    public static IReadOnlyList<Fault> Check(Scheme s, Form f, IReadOnlyDictionary<string, int> p, IReadOnlyDictionary<string, bool> r, DateOnly d) => [];
    public static IReadOnlyList<Fault> CheckSchema(JsonObject schema, JsonObject value, string pointer) => [];
}
public static class Facts
{
    public static JsonObject Of(Scheme s, Form f, DateOnly d) => [];
    public static JsonObject Scope(JsonObject facts, JsonObject measured, IReadOnlyDictionary<string, bool> registers, Money? amount, DateTimeOffset? at, IReadOnlyDictionary<string, int> papers) => [];
}
public static class Claims
{
    public static IReadOnlyList<Claim> Of(Scheme s, IReadOnlyList<PersonKey> p, JsonObject scope, DateTimeOffset at) => [];
}

public static class X { public static Money Compute(this AmountRule r, JsonObject o) => default; }
