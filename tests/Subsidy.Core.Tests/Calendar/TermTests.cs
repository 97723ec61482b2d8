using System.Text.Json;
using CsCheck;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Tests.Calendar;

public sealed class TermTests
{
    [Theory]
    [InlineData("5 working days", 5, TermUnit.WorkingDays)]
    [InlineData("1 working day", 1, TermUnit.WorkingDays)]
    [InlineData("7 days", 7, TermUnit.Days)]
    [InlineData("1 day", 1, TermUnit.Days)]
    [InlineData("24 hours", 24, TermUnit.Hours)]
    [InlineData("1 hour", 1, TermUnit.Hours)]
    public void A_term_is_read_and_written_as_a_scheme_states_it(string text, int amount, TermUnit unit)
    {
        Assert.Equal(new Term(amount, unit), Term.Parse(text));
        Assert.Equal(text, new Term(amount, unit).ToString());
    }

    [Fact]
    public void Every_term_comes_back_from_its_text_and_from_JSON() =>
        Gen.Select(Gen.Int[1, 9999], Gen.Enum<TermUnit>()).Select((amount, unit) => new Term(amount, unit)).Sample(term =>
            Term.Parse(term.ToString()) == term
            && JsonSerializer.Serialize(term) == $"\"{term}\""
            && JsonSerializer.Deserialize<Term>(JsonSerializer.Serialize(term)) == term);

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("0 days")]
    [InlineData("-1 days")]
    [InlineData("10000 days")]
    [InlineData("07 days")]
    [InlineData("1.5 hours")]
    [InlineData("7  days")]
    [InlineData("7 days\n")]
    [InlineData("7 weeks")]
    [InlineData("５ days")]
    [InlineData("P7D")]
    public void Another_form_is_refused_with_the_forms_that_are_accepted(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => Term.Parse(text));
        foreach (var accepted in new[] { "24 hours", "7 days", "5 working days", $"\"{text}\"" })
            Assert.Contains(accepted, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"7 weeks\"")]
    [InlineData("7")]
    public void JSON_of_another_form_is_refused_alike(string json) =>
        Assert.Contains("5 working days", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Term>(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_term_cannot_be_empty_negative_or_endless()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Term(0, TermUnit.Days));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Term(10_000, TermUnit.Days));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Term(1, (TermUnit)3));
    }

    [Theory]
    [InlineData("24 hours", "PT24H")]
    [InlineData("7 days", "P7D")]
    [InlineData("5 working days", null)]
    public void Hours_and_days_have_an_ISO_8601_form(string text, string? iso) => Assert.Equal(iso, Term.Parse(text).Iso8601);
}
