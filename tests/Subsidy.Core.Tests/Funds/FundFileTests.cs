using System.Runtime.CompilerServices;
using System.Text;
using Subsidy.Core.Calendar;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Tests.Funds;

public sealed class FundFileTests
{
    private static string Shipped([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "township", "funds.yaml"));

    private static FundFileReading Read(string yaml) => FundFile.Read("funds.yaml", Encoding.UTF8.GetBytes(yaml));

    [Fact]
    public void The_shipped_funds_are_read()
    {
        var reading = Read(Shipped());
        Assert.Empty(reading.Faults);
        Assert.Equal(["relief", "rural-revitalisation"], reading.Funds.Select(fund => fund.Id));
        var relief = reading.Funds[0];
        Assert.Equal(("青溪镇财政所", "36990001010000000018", "402369900018"), (relief.Debtor.Name, relief.Debtor.Account, relief.Debtor.Bank.Cnaps));
        Assert.Equal(new Term(2, TermUnit.WorkingDays), relief.Remind);
        Assert.Equal([new FundOpening(2026, Core.Money.FromYuan(600_000), "青财预〔2026〕1号"), new FundOpening(2027, Core.Money.FromYuan(600_000), "青财预〔2027〕1号")], relief.Years);
    }

    [Theory]
    [InlineData("id: rural-revitalisation", "id: relief", 16, "'relief' is used twice.")]
    [InlineData("{year: 2027, appropriation: 600000", "{year: 2026, appropriation: 600000", 13, "The year 2026 stands here twice.")]
    [InlineData("appropriation: 600000", "appropriation: 0", 12, "'appropriation' is not a suitable whole number.")]
    [InlineData("appropriation: 600000", "appropriation: 600000.50", 12, "'appropriation' is not a suitable whole number.")]
    [InlineData(", cnaps: \"402369900018\"", "", 10, "'cnaps' is missing.")]
    [InlineData("cnaps: \"402369900018\"", "cnaps: \"40236990001\"", 10, "'cnaps' does not have 12 digits.")]
    [InlineData("account: \"36990001010000000018\"", "account: 36990001010000000018", 10, "'account' is not in quotes.")]
    [InlineData("remind: 2 working days", "remind: 2 weeks", 14, "This is not a term.")]
    [InlineData("document: 青财预〔2026〕1号", "document: ", 12, "'document' is missing.")]
    public void A_fault_is_said_with_its_line(string sound, string spoilt, int line, string wrong)
    {
        var at = Shipped().IndexOf(sound, StringComparison.Ordinal);
        Assert.True(at >= 0);
        var reading = Read(string.Concat(Shipped().AsSpan(0, at), spoilt, Shipped().AsSpan(at + sound.Length)));
        Assert.Empty(reading.Funds);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal((line, wrong), (fault.Line, fault.Wrong.En));
        Assert.NotEmpty(fault.Right.Zh);
    }
}
