using System.Text;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Township;

public sealed class RegisterFileTests
{
    private static RegisterReading Read(string csv) =>
        RegisterFile.Read("list.csv", Encoding.UTF8.GetBytes(csv), number => new($"key-{number}"), new DateOnly(2026, 3, 2));

    [Fact]
    public void The_first_column_is_read_as_a_spreadsheet_writes_it() => Assert.Equal(
        [new PersonKey("key-369900197903125017"), new PersonKey("key-369900198207055021")],
        Read("\uFEFF# comment\r\nidNumber,village\r\n369900197903125017,东山村\r\n\r\n\"369900198207055021\",\"西,山\"\r\n").Persons);

    [Theory]
    [InlineData("idNumber\n369900197903125018\n", 2)]
    [InlineData("idNumber\n369900197903125017\n3699001979 03125017\n", 3)]
    [InlineData("village\n369900197903125017\n", 1)]
    public void A_slip_is_told_and_then_nobody_is_read(string csv, int line)
    {
        var reading = Read(csv);
        Assert.Empty(reading.Persons);
        Assert.Equal(line, Assert.Single(reading.Faults).Line);
    }
}
