using System.Text.Json.Nodes;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

public sealed class FormSchemaTests
{
    private static readonly JsonObject Schema = Applicants.Json("""
        {"type":"object","additionalProperties":false,"properties":{
          "code":{"type":"string","maxLength":4,"minLength":2,"pattern":"^[a-z]+$","x-title":{"zh":"代码","en":"Code"},"x-hint":{"zh":"只用小写字母。","en":"Small letters only."}},
          "day":{"type":"string","format":"date","x-title":{"zh":"日期","en":"Day"}},
          "price":{"type":"number","minimum":0,"exclusiveMaximum":10,"multipleOf":0.01,"x-title":{"zh":"价格","en":"Price"}},
          "plots":{"type":"array","minItems":1,"maxItems":2,"uniqueItems":true,"x-title":{"zh":"地块","en":"Plots"},
            "items":{"type":"object","additionalProperties":false,"required":["area"],"x-title":{"zh":"地块","en":"Plot"},"properties":{
              "area":{"type":"integer","minimum":1,"maximum":9,"x-title":{"zh":"面积","en":"Area"}}}}}}}
        """);

    private static string[] Pointers(string json) => [.. FormSchema.Check(Schema, JsonNode.Parse(json), "/answers").Select(fault => fault.Pointer)];

    [Theory]
    [InlineData("""{"code":"ab","day":"2024-02-29","price":9.99,"plots":[{"area":1},{"area":2}]}""")]
    [InlineData("""{"price":0}""")]
    [InlineData("""{"price":0.10}""")]
    [InlineData("""{"price":1e0,"plots":[{"area":3.0}]}""")]
    [InlineData("""{"code":null,"day":" "}""")]
    public void What_fits_has_no_faults(string json) => Assert.Empty(Pointers(json));

    [Theory]
    [InlineData("""{"code":"a"}""", "/answers/code")]
    [InlineData("""{"code":"abcde"}""", "/answers/code")]
    [InlineData("""{"code":"A1"}""", "/answers/code")]
    [InlineData("""{"code":"ab\u0000"}""", "/answers/code")]
    [InlineData("""{"code":12}""", "/answers/code")]
    [InlineData("""{"day":"2025-02-29"}""", "/answers/day")]
    [InlineData("""{"day":"1.3.2025"}""", "/answers/day")]
    [InlineData("""{"day":"2025-03-01T00:00:00Z"}""", "/answers/day")]
    [InlineData("""{"price":-0.01}""", "/answers/price")]
    [InlineData("""{"price":10}""", "/answers/price")]
    [InlineData("""{"price":0.001}""", "/answers/price")]
    [InlineData("""{"price":"5"}""", "/answers/price")]
    [InlineData("""{"price":1e400}""", "/answers/price")]
    [InlineData("""{"plots":[]}""", "/answers/plots")]
    [InlineData("""{"plots":[{"area":1},{"area":1}]}""", "/answers/plots")]
    [InlineData("""{"plots":[{"area":1},{"area":2},{"area":3}]}""", "/answers/plots")]
    [InlineData("""{"plots":{"area":1}}""", "/answers/plots")]
    [InlineData("""{"plots":[{"area":1.5}]}""", "/answers/plots/0/area")]
    [InlineData("""{"plots":[{"area":1},{}]}""", "/answers/plots/1/area")]
    [InlineData("""{"plots":[1]}""", "/answers/plots/0")]
    [InlineData("""{"a/b~c":1}""", "/answers/a~1b~0c")]
    [InlineData("[]", "/answers")]
    [InlineData("null", "/answers")]
    public void What_does_not_fit_is_told_at_its_place(string json, string pointer) => Assert.Equal([pointer], Pointers(json));

    [Fact]
    public void A_character_beyond_the_basic_plane_counts_as_one()
    {
        var schema = Applicants.Json("""{"type":"object","properties":{"name":{"type":"string","maxLength":2,"x-title":{"zh":"名","en":"Name"}}}}""");
        Assert.Empty(FormSchema.Check(schema, Applicants.Json("""{"name":"𠮷田"}"""), ""));
        Assert.Single(FormSchema.Check(schema, new JsonObject { ["name"] = "e" + new string('\u0301', 1000) }, ""));
    }

    [Fact]
    public void A_pattern_that_is_not_met_is_explained_by_its_hint() =>
        Assert.Contains("只用小写字母。", FormSchema.Check(Schema, Applicants.Json("""{"code":"A1"}"""), "").Single().Message.Zh, StringComparison.Ordinal);
}
