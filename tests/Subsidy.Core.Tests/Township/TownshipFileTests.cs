using System.Text;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Township;

public sealed class TownshipFileTests
{
    private const string Sound = """
        name: {zh: 样例镇, en: Sample}
        villages:
          - {id: dongshan, name: {zh: 东山村, en: Dongshan}}
        roles:
          villageClerk: {zh: 代办员, en: Clerk}
          auditor: {zh: 审计, en: Auditor}
        staff:
          - id: chen
            name: 陈桂花
            email: Chen@Example.ORG
            idNumber: "369900196902021019"
            relatives: ["369900199011235033"]
            roles:
              - {role: villageClerk, area: village, village: dongshan}
          - id: li
            name: 李大生
            email: li@example.org
            principal: tenant/object
            roles:
              - {role: auditor, area: township}
        """;

    private static TownshipReading Read(string yaml) =>
        TownshipFile.Read("township.yaml", Encoding.UTF8.GetBytes(yaml), number => new($"key-{number}"), new DateOnly(2026, 3, 2));

    [Fact]
    public void People_are_known_by_keyed_hashes_and_roles_by_their_titles()
    {
        var register = Read(Sound).Register!;
        var chen = register.Find("chen")!;
        Assert.Equal("Chen@example.org", chen.Email);
        Assert.Equal(new PersonKey("key-369900196902021019"), chen.Person);
        Assert.Equal([new PersonKey("key-369900199011235033")], chen.Relatives);
        Assert.Equal([new Grant("villageClerk", Core.Schemes.Area.Village, "dongshan")], chen.Grants);
        Assert.Equal("tenant/object", register.Find("li")!.Principal);
        Assert.Equal("Clerk", register.RoleTitles["villageClerk"].En);
    }

    [Theory]
    [InlineData("\"369900196902021019\"", "\"369900196902021018\"", 11)]
    [InlineData("[\"369900199011235033\"]", "[\"1\"]", 12)]
    [InlineData("village: dongshan", "village: xishan", 14)]
    [InlineData(", village: dongshan", "", 14)]
    [InlineData("{role: auditor,", "{role: auditr,", 20)]
    [InlineData("area: township", "area: town", 20)]
    [InlineData("id: li", "id: chen", 15)]
    [InlineData("li@example.org", "CHEN@example.org", 17)]
    [InlineData("li@example.org", "li", 17)]
    [InlineData("principal:", "princpal:", 18)]
    public void A_slip_is_told_with_its_line(string piece, string by, int line)
    {
        var reading = Read(Sound.Replace(piece, by, StringComparison.Ordinal));
        Assert.Null(reading.Register);
        Assert.Equal(line, Assert.Single(reading.Faults).Line);
    }

    /// <summary>Otherwise one person prepares under one entry and approves under the other.</summary>
    [Fact]
    public void One_account_signs_in_one_entry_only()
    {
        var reading = Read(Sound.Replace("    idNumber: \"369900196902021019\"", "    idNumber: \"369900196902021019\"\n    principal: TENANT/object", StringComparison.Ordinal));
        Assert.Equal(19, Assert.Single(reading.Faults).Line);
    }

    [Theory]
    [InlineData("financePreparer")]
    [InlineData("financeApprover")]
    public void Whoever_is_in_charge_of_money_is_known_by_their_ID_number(string role)
    {
        var entrusted = Sound.Replace("auditor", role, StringComparison.Ordinal);
        Assert.Equal(20, Assert.Single(Read(entrusted).Faults).Line);
        Assert.Empty(Read(entrusted.Replace("    principal: tenant/object", "    idNumber: \"369900196902021019\"", StringComparison.Ordinal)).Faults);
    }

    [Theory]
    [InlineData("financePreparer")]
    [InlineData("financeApprover")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    public void A_role_that_reaches_over_the_whole_township_is_not_given_for_a_village(string role)
    {
        var yaml = Sound.Replace("auditor: {zh: 审计, en: Auditor}", $"{role}: {{zh: 某职, en: Somebody}}", StringComparison.Ordinal)
            .Replace("role: auditor, area: township", $"role: {role}, area: township", StringComparison.Ordinal)
            .Replace("principal: tenant/object", "idNumber: \"369900199605011280\"", StringComparison.Ordinal);
        Assert.NotNull(Read(yaml).Register);

        var reading = Read(yaml.Replace("area: township", "area: village, village: dongshan", StringComparison.Ordinal));

        Assert.Null(reading.Register);
        Assert.Equal(20, Assert.Single(reading.Faults).Line);
        Assert.Contains($"'{role}'", reading.Faults[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_repeats_an_ID_number() =>
        Assert.DoesNotContain("36990019690202101", Read(Sound.Replace("021019", "021018", StringComparison.Ordinal)).Faults[0].ToString(), StringComparison.Ordinal);
}
