using System.Security.Cryptography;
using System.Text;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

public sealed class SchemeFileTests
{
    private static string Source(string id) => File.ReadAllText(Path.Combine(Repository.SchemesFolder, $"{id}.yaml"));

    private static readonly string Transport = Source("transport-subsidy");

    private static IReadOnlyList<SchemeFault> Faults(string yaml) =>
        SchemeFile.Read("file.yaml", Encoding.UTF8.GetBytes(yaml), Repository.Township.Register).Faults;

    /// <summary>The only fault of a shipped file in which one piece was replaced by another.</summary>
    private static (SchemeFault Fault, int Line) Spoilt(string id, string piece, string by)
    {
        var source = Source(id);
        var at = source.IndexOf(piece, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{piece}' is not in {id}.");
        var fault = Assert.Single(Faults(source[..at] + by + source[(at + piece.Length)..]));
        return (fault, source[..at].Count(c => c == '\n') + 1);
    }

    private const string Recheck =
        "recheck: {every: 12, gate: township, seat: {role: villageClerk, area: village}, within: 20 working days, "
        + "escalation: {remind: 5 working days, to: {role: villageClerk, area: village}, every: 5 working days}, documents: [idCopy]}";

    [Fact]
    public void Payments_that_follow_one_another_may_be_checked_again()
    {
        var read = SchemeFile.Read(
            "file.yaml", Encoding.UTF8.GetBytes(Transport.Replace("schedule: once", $"schedule: monthly\n  {Recheck}", StringComparison.Ordinal)),
            Repository.Township.Register);

        Assert.Empty(read.Faults);
        var recheck = read.Scheme!.Amount!.Recheck!;
        Assert.Equal((12, Gate.Township, new Seat("villageClerk", Area.Village)), (recheck.Every, recheck.Gate, recheck.Seat));
        Assert.Equal(["idCopy"], recheck.Documents);
    }

    [Fact]
    public void A_recheck_may_measure_anew_what_the_amount_depends_on()
    {
        var read = SchemeFile.Read("file.yaml", Encoding.UTF8.GetBytes(Remeasuring("countyReview")), Repository.Township.Register);

        Assert.Empty(read.Faults);
        Assert.Equal("countyReview", read.Scheme!.Amount!.Recheck!.Measures);
    }

    [Theory]
    [InlineData("county", true, "There is no step 'county'", "There are: countyReview")]
    [InlineData("villageCheck", true, "measures nothing", "There are: countyReview")]
    [InlineData("pay", true, "does not come before the payment", "There are: countyReview")]
    [InlineData("countyReview", false, "does not depend on what 'countyReview' measures", "measured.countyReview")]
    public void What_a_recheck_measures_comes_before_the_payment_and_makes_a_difference(string step, bool depends, string wrong, string right)
    {
        var fault = Assert.Single(Faults(Remeasuring(step, depends)));

        Assert.Contains(wrong, fault.Wrong.En, StringComparison.Ordinal);
        Assert.Contains(right, fault.Right.En, StringComparison.Ordinal);
    }

    /// <summary>Monthly, by a re-check that measures the step.</summary>
    private static string Remeasuring(string step, bool depends = true) => Transport
        .Replace("schedule: once", $"schedule: monthly\n  {Recheck.Replace("documents:", $"measures: {step}, documents:", StringComparison.Ordinal)}", StringComparison.Ordinal)
        .Replace("answers.destination == 'otherProvince' ? 60000", $"{(depends ? "measured.countyReview.confirmed && " : "")}answers.destination == 'otherProvince' ? 60000", StringComparison.Ordinal);

    [Fact]
    public void What_is_paid_before_the_route_is_done_is_paid_once()
    {
        var (fault, _) = Spoilt("relief-fund", "schedule: once", "schedule: monthly");

        Assert.Contains("paid first is paid once", fault.Wrong.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schedule: once", "schedule: once\n  offset: 50", "no later periods", "Leave 'offset' out")]
    [InlineData("schedule: once", "schedule: once\n  " + Recheck, "not checked again", "Leave 'recheck' out")]
    [InlineData("household: optional", "houshold: optional", "'houshold'", "'household'")]
    [InlineData("payee: true", "payee: yes", "neither true nor false", "true or false")]
    [InlineData("version: 1", "version: one", "whole number", "1 to 9999")]
    [InlineData("version: 1", "version: \"1\"", "whole number", "1 to 9999")]
    [InlineData("applicants: [person]", "applicants: [people]", "unknown", "person, household, enterprise")]
    [InlineData("applicants: [person]", "applicants: person", "not a list", "- ")]
    [InlineData("title: {zh: 村里核实, en: Check by the village}", "title: {zh: 村里核实}", "'en' is missing", "en")]
    [InlineData("title: {zh: 村里核实, en: Check by the village}", "title: 村里核实", "keys and values", "zh")]
    [InlineData("answers.monthsWorked >= 3", "answers.monthsWorkd >= 3", "answers.monthsWorkd", "answers.monthsWorked")]
    [InlineData("that: answers.organisedTransport == false", "that: answers.organisedTransport = false", "expression", "like this")]
    [InlineData("field: /answers/leftOn", "field: /answers/leftAt", "'/answers/leftAt'", "/answers/")]
    [InlineData("within: 5 working days", "within: 5 workdays", "not a term", "5 working days")]
    [InlineData("role: villageClerk, area: village", "role: villageClerc, area: village", "'villageClerc'", "villageClerk")]
    [InlineData("role: villageClerk, area: village", "role: auditor, area: village", "'auditor'", "villageClerk")]
    [InlineData("gate: pay", "gate: bank", "unknown", "village, township, leader, county, pay")]
    [InlineData("kind: review", "kind: revue", "'revue'", "review")]
    [InlineData("key: villageNotice", "key: villageCheck", "used twice", "another")]
    [InlineData("- kind: proofOfWork", "- kind: idCopy", "used twice", "another")]
    [InlineData("- kind: proofOfWork", "- kind: photo", "another use", "another name")]
    [InlineData("measured.countyReview.confirmed &&", "measured.countyReview.sure &&", "measured.countyReview.sure", "measured.countyReview.confirmed")]
    [InlineData("rounding: down", "rounding: nearest", "unknown", "halfUp")]
    [InlineData("      maximum: 12\n", "      maximum: 12\n      oneOf: []\n", "'oneOf'", "maximum")]
    [InlineData("      maximum: 12\n", "      maximum: twelve\n", "'maximum'", "decimal")]
    [InlineData("        otherCounty: {zh: 本市其他县, en: Another county of this city}\n", "", "'otherCounty' is missing", "otherCounty")]
    [InlineData("format: date", "format: e-mail", "'e-mail'", "date")]
    [InlineData("monthsWorked, organisedTransport]", "monthsWorked, organisedTransport, length]", "'length'", "monthsWorked")]
    [InlineData("kind: year", "kind: rolling\n    max: 2", "'months' is missing", "months")]
    [InlineData("register.monitoredHouseholds\n    field", "register.poorHouseholds\n    field", "register.poorHouseholds", "register.monitoredHouseholds")]
    [InlineData("    shows:\n      - label: {zh: 姓名", "    when: false\n    shows:\n      - label: {zh: 姓名", "never reached", "leave the step out")]
    [InlineData("    shows:\n      - label: {zh: 姓名", "    when: 1 < 2\n    shows:\n      - label: {zh: 姓名", "always holds", "Leave 'when' out")]
    [InlineData("retention: {years: 30}", "retention: {years: 0}", "'years'", "1 to 100")]
    public void A_slip_is_told_with_what_would_be_right(string piece, string by, string wrong, string right)
    {
        var (fault, line) = Spoilt("transport-subsidy", piece, by);
        Assert.Contains(wrong, fault.Wrong.En, StringComparison.Ordinal);
        Assert.Contains(right, fault.Right.En, StringComparison.Ordinal);
        Assert.NotEqual("", fault.Wrong.Zh);
        Assert.NotEqual("", fault.Right.Zh);
        // Where something is missing, the place is that of what should hold it: at most one entry away.
        Assert.InRange(fault.Line, line - 3, line + 9);
        Assert.StartsWith($"file.yaml:{fault.Line}:", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transport-subsidy", "houshold: optional", "household: optional", 0, 1)]
    [InlineData("transport-subsidy", "that: answers.monthsWorked >> 3", "that: answers.monthsWorked >= 3", 0, 11)]
    [InlineData("relief-fund", "onReject: rescind", "onReject: recover", 0, 15)]
    public void The_place_is_told_to_the_letter(string id, string by, string piece, int lines, int column)
    {
        var (fault, line) = Spoilt(id, piece, by);
        Assert.Equal((line + lines, column), (fault.Line, fault.Column));
    }

    [Fact]
    public void All_faults_of_a_file_are_told_at_once()
    {
        var faults = Faults(Transport.Replace("payee: true", "payee: yes", StringComparison.Ordinal).Replace("gate: county", "gate: province", StringComparison.Ordinal)
            .Replace("retention:", "retentoin:", StringComparison.Ordinal));
        Assert.Equal(5, faults.Count); // two gates; retention is both unknown and missing
        Assert.Equal(faults.OrderBy(fault => fault.Line), faults);
    }

    [Fact]
    public void More_votes_than_seats_can_never_be_had()
    {
        var (fault, _) = Spoilt("relief-fund", "    photos: 2\n", "    photos: 2\n    need: 3\n");
        Assert.Contains("there are 2 seats", fault.Wrong.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_seats_of_a_role_need_two_people_in_every_village()
    {
        var register = Repository.Township.Register!;
        var alone = register with { Staff = [.. register.Staff.Where(person => person.Id != "guo-cuiping")] };
        var faults = SchemeFile.Read("file.yaml", Encoding.UTF8.GetBytes(Source("housing-permit")), alone).Faults;
        Assert.Contains("(beitang) needs 2, and the staff register has 1", Assert.Single(faults).Wrong.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_is_not_read_before_it_is_taken()
    {
        var (fault, _) = Spoilt("relief-fund", "when: answers.kind == 'emergency' && amount > 200000", "when: measured.survey.people > 2");
        Assert.Contains("has not been measured by then", fault.Wrong.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_follows_the_last_payment()
    {
        var (fault, _) = Spoilt("transport-subsidy", "    fund: rural-revitalisation\n", """
                fund: rural-revitalisation
              - key: thanks
                kind: review
                gate: township
                title: {zh: 回访, en: Call back}
                seats: [{role: revitalisation, area: township}]
                within: 5 working days
                escalation: {remind: 1 working day, to: {role: townshipLeader, area: township}, every: 2 working days}

            """);
        Assert.Contains("never reached", fault.Wrong.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount", "pay", "no amount")]
    [InlineData("pay", "amount", "no pay step")]
    public void Paying_and_an_amount_belong_together(string removed, string kept, string wrong)
    {
        Assert.NotEqual(removed, kept);
        var lines = Transport.Split('\n').ToList();
        if (removed == "amount")
        {
            var start = lines.FindIndex(line => line == "amount:");
            lines.RemoveRange(start, lines.FindIndex(start, line => line.Length == 0) - start);
        }
        else
        {
            var start = lines.FindIndex(line => line == "  - key: pay");
            lines.RemoveRange(start, 5);
        }
        Assert.Contains(Faults(string.Join('\n', lines)), fault => fault.Wrong.En.Contains(wrong, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_to_be_put_right_can_be_reported_as_done()
    {
        var (fault, _) = Spoilt(
            "housing-permit", "    request: {key: settingOut, title: {zh: 申请开工放线, en: Ask for the setting-out}, within: 180 days}\n", "");
        Assert.Contains("the case would stand still", fault.Wrong.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permit_that_has_been_issued_is_not_followed_by_a_rejection()
    {
        var (fault, _) = Spoilt("housing-permit", "    onReject: rectify\n    rectifyWithin: 30 days\n", "");
        Assert.Contains("would leave the permit standing", fault.Wrong.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Recovering_needs_something_that_was_paid()
    {
        var (fault, _) = Spoilt("housing-permit", "    rectifyWithin: 30 days\n", "");
        Assert.Contains("'rectifyWithin' is missing", fault.Wrong.En, StringComparison.Ordinal);
        (fault, _) = Spoilt("transport-subsidy", "    within: 5 working days\n", "    within: 5 working days\n    onReject: recover\n");
        Assert.Contains("Nothing is paid", fault.Wrong.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "Anchors")]
    [InlineData("id: !!python/object:os.system {}\n", "Tags")]
    [InlineData("id: x\n---\nid: y\n", "second document")]
    [InlineData("id: x\nid: y\n", "stands on line 1 already")]
    [InlineData("id:\n\tx: 1\n", "tab")]
    [InlineData("id: [1, 2\n", "not YAML")]
    [InlineData("id: \"open\n", "not YAML")]
    [InlineData("- a\n- b\n", "keys and values")]
    [InlineData("just words\n", "keys and values")]
    [InlineData("? [a, b]\n: c\n", "plain text")]
    [InlineData("", "empty")]
    [InlineData("# only a comment\n", "empty")]
    public void What_is_not_a_plain_file_of_keys_is_told(string yaml, string wrong) =>
        Assert.Contains(Faults(yaml), fault => fault.Wrong.En.Contains(wrong, StringComparison.Ordinal) && fault.Line >= 1 && fault.Column >= 1);

    [Fact]
    public void Other_encodings_are_told()
    {
        byte[][] files =
        [
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Transport)],
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Transport)],
            [.. Encoding.UTF8.GetBytes("id: x\ntitle: "), 0xB1, 0xEA, 0xCC, 0xE2],
            new byte[300 * 1024],
        ];
        Assert.All(files, file => Assert.Single(SchemeFile.Read("file.yaml", file).Faults));
        Assert.Equal(2, SchemeFile.Read("file.yaml", files[2]).Faults[0].Line);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Deep_nesting_is_told_and_does_not_break_the_process(string open) =>
        Assert.NotEmpty(Faults("id: x\nform:\n  " + string.Concat(Enumerable.Repeat(open, 50_000))));

    [Fact]
    public void A_file_with_a_line_lost_or_doubled_or_cut_off_is_read_or_told_and_never_breaks_the_reader()
    {
        foreach (var id in new[] { "transport-subsidy", "relief-fund", "housing-permit" })
        {
            var lines = Source(id).Split('\n');
            for (var i = 0; i < lines.Length; i += 5)
            {
                Read((i % 4) switch
                {
                    0 => [.. lines[..i], .. lines[(i + 1)..]],
                    1 => [.. lines[..i], lines[i], .. lines[i..]],
                    2 => lines[..i],
                    _ => [.. lines[..i], lines[i][..(lines[i].Length / 2)], .. lines[(i + 1)..]],
                });
            }
        }

        static void Read(string[] lines)
        {
            var reading = SchemeFile.Read("file.yaml", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            Assert.Equal(reading.Scheme is null, reading.Faults.Count > 0);
        }
    }

    [Fact]
    public void The_hash_is_that_of_the_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes(Transport);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), SchemeFile.Read("file.yaml", bytes).Scheme!.Hash);
        Assert.NotEqual(SchemeFile.Read("file.yaml", bytes).Scheme!.Hash, SchemeFile.Read("file.yaml", [.. bytes, (byte)'\n']).Scheme!.Hash);
    }

    [Fact]
    public void Windows_line_ends_are_read() =>
        Assert.Empty(Faults(Transport.Replace("\n", "\r\n", StringComparison.Ordinal)));

    [Fact]
    public void Faults_are_told_in_the_readers_language()
    {
        var (fault, _) = Spoilt("transport-subsidy", "household: optional", "houshold: optional");
        Assert.Contains("不认识“houshold”。 是不是“household”？", fault.In(new("zh-CN")), StringComparison.Ordinal);
        Assert.Contains("The key 'houshold' is unknown. Did you mean 'household'?", fault.In(new("en")), StringComparison.Ordinal);
    }
}
