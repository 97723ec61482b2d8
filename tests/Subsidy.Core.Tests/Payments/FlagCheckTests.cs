using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Payments;

/// <summary>What a person must look at before money goes out.</summary>
public sealed class FlagCheckTests : ISchemes, ITownship, IDisposable
{
    private static readonly PersonKey Anna = new("anna");
    private static readonly PersonKey Ben = new("ben");
    private readonly Turnstile turn = new(new Random(1));
    private readonly MemoryDesk desk;
    private readonly FlagCheck check;

    public FlagCheckTests()
    {
        desk = new MemoryDesk(turn);
        check = new FlagCheck(desk, desk, this, this);
    }

    public IReadOnlyList<Scheme> Current { get; } =
        [SampleSchemes.Of() with { Id = "allowance", Excludes = ["destitute"] }, SampleSchemes.Of() with { Id = "destitute" }, SampleSchemes.Of() with { Id = "grant" }];

    public TownshipRegister Register { get; private set; } = SampleTownship.Register;
    public WorkingCalendar Calendar { get; } = WorkingCalendar.From([]);

    [Fact]
    public async Task Schemes_that_exclude_each_other_are_found_from_both_sides_in_the_same_year_only()
    {
        var (one, other) = (Line("aaa", "allowance", Anna, Ben), Line("bbb", "destitute", Ben));
        await NoteAsync(2026, one, other, Line("ccc", "grant", Ben));
        Assert.Equal([new Flag(FlagKind.ExcludedScheme, "destitute", "bbb")], await FindAsync(2026, one));
        Assert.Equal([new Flag(FlagKind.ExcludedScheme, "allowance", "aaa")], await FindAsync(2026, other));
        Assert.Empty(await FindAsync(2027, one));
        Assert.Empty(await FindAsync(2026, Line("ccc", "grant", Ben)));
    }

    [Fact]
    public async Task One_account_for_a_household_is_usual_and_for_strangers_is_not()
    {
        var (wife, husband, stranger) = (
            Line("aaa", "grant", Anna, Ben) with { Account = "#1" }, Line("bbb", "grant", Ben) with { Account = "#1" }, Line("ccc", "grant", new PersonKey("zoe")) with { Account = "#2" });
        await NoteAsync(2026, wife, husband, stranger);
        Assert.Empty(await FindAsync(2026, wife));
        var same = stranger with { Account = "#1" };
        await NoteAsync(2026, same);
        Assert.Equal(["aaa", "bbb"], (await FindAsync(2026, same)).Select(flag => flag.Other));
        Assert.Equal(["ccc"], (await FindAsync(2026, wife)).Select(flag => flag.Other));
    }

    [Fact]
    public async Task Staff_and_their_declared_relatives_are_found()
    {
        Register = SampleTownship.With(SampleTownship.Register.Find("office1")! with { Relatives = [Ben] });
        Assert.Equal([new Flag(FlagKind.Relative, "office1", null)], await FindAsync(2026, Line("aaa", "grant", Anna, Ben)));
        Assert.Equal([new Flag(FlagKind.Staff, "leader1", null)], await FindAsync(2026, Line("bbb", "grant", SampleTownship.KeyOf("leader1"))));
        Assert.Empty(await FindAsync(2026, Line("ccc", "grant", Anna)));
    }

    [Fact]
    public async Task What_a_person_has_cleared_is_not_found_again_whatever_the_period()
    {
        var line = Line("aaa", "grant", SampleTownship.KeyOf("leader1"));
        await desk.ClearAsync("aaa", (await FindAsync(2026, line)).Single(), "approves1", "ok", DateTimeOffset.MinValue, TestContext.Current.CancellationToken);
        Assert.Equal("approves1", (await FindAsync(2026, line with { Entitlement = "aaa-2026-12" })).Single().ClearedBy);
        Assert.Null((await FindAsync(2026, line with { Entitlement = "bbb-2026-12" })).Single().ClearedBy);
    }

    [Theory]
    [InlineData("MD07", true)]
    [InlineData("FRAD", true)]
    [InlineData("FOCR", true)]
    [InlineData("DS02", false)] // The system's own: what came too late is tried again.
    [InlineData("AC04", false)]
    [InlineData("MS03", false)]
    [InlineData(null, false)]
    public async Task What_the_bank_rejected_for_a_reason_that_a_person_looks_into_is_flagged_at_each_such_attempt(string? code, bool flagged)
    {
        var line = Line("aaa", "grant", Anna) with { FailedFor = code };
        var found = await FindAsync(2026, line);
        Assert.Equal(flagged ? [new Flag(FlagKind.Rejected, code!, line.EndToEndId)] : [], found);
        if (!flagged)
            return;
        await desk.ClearAsync("aaa", found[0], "approves1", "alive and well", DateTimeOffset.MinValue, TestContext.Current.CancellationToken);
        Assert.Equal("approves1", (await FindAsync(2026, line)).Single().ClearedBy);
        Assert.Null((await FindAsync(2026, line with { Attempt = line.Attempt + 1 })).Single().ClearedBy);
    }

    public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => throw new NotSupportedException();

    public void Dispose() => turn.Dispose();

    private static PayLine Line(string application, string scheme, params PersonKey[] persons) =>
        new($"{application}-once", scheme, "dongshan", Money.FromYuan(1), 1) { Persons = persons, Account = $"#{application}" };

    private static PayRun Run(int year) => PayRunFold.Fold(
        new PayRunId(new FundKey("relief", year), 1),
        [new PayRunRecorded(1, DateTimeOffset.MinValue, Actor.Engine, new RunOpened(default, new Debtor("d", "1", new FinancialInstitution("b")), "prepares1"))]);

    private async Task NoteAsync(int year, params PayLine[] lines)
    {
        foreach (var line in lines)
            await check.NoteAsync(Run(year), line, TestContext.Current.CancellationToken);
    }

    private Task<IReadOnlyList<Flag>> FindAsync(int year, PayLine line) => check.CheckAsync(Run(year), line, TestContext.Current.CancellationToken);
}
