using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Subsidy.Core.Applications;
using Subsidy.Web.History;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.History;

public sealed class ApplicantHistoryTests
{
    /// <summary>What stays inside: who votes how, who steps aside, and book-keeping.</summary>
    private static readonly Type[] Inside =
    [
        typeof(Voted), typeof(Recused), typeof(Delegated), typeof(SeatFilled), typeof(LinkRenewed), typeof(Reminded), typeof(StepSkipped),
        typeof(WaitingCalled), typeof(IssueOrdered), typeof(DutiesSettled), typeof(MailBounced),
        typeof(FundsReleased), typeof(WriteOffProposed), typeof(WriteOffDecided), typeof(RecoveryCalled), typeof(EarlierPeriodsFound),
        typeof(HandOverHeld), typeof(HandOverCalled), typeof(HandOverWitnessNamed), typeof(HandOverWitnessed),
    ];

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Fact]
    public async Task Every_event_is_told_or_stays_inside_on_purpose()
    {
        await using var site = await TestSite.StartAsync();
        var scheme = site.Get<ShippedTownship>().Current[0];
        var types = typeof(Event).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(known => known.DerivedType).ToList();
        Assert.NotEmpty(types);
        foreach (var type in types)
        {
            var told = ApplicantHistory.Of([new Recorded(1, DateTimeOffset.UnixEpoch, Actor.Engine, Sample(type))], scheme, English);
            Assert.True(told.Count == (Inside.Contains(type) ? 0 : 1), type.Name);
        }
    }

    [Fact]
    public async Task A_refusal_states_its_reasons_and_the_remedy()
    {
        await using var site = await TestSite.StartAsync();
        var rejected = new Rejected("villageCheck", ["没有外出务工。", "材料不实"], new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.FromHours(8)));

        var entry = Assert.Single(ApplicantHistory.Of(
            [new Recorded(9, DateTimeOffset.UnixEpoch, Actor.Engine, rejected)], site.Get<ShippedTownship>().Current[0], CultureInfo.GetCultureInfo("zh-CN")));

        Assert.Equal("rejected", entry.Type);
        Assert.Equal("没有批准。理由：没有外出务工；材料不实。可以在2026年5月1日前申诉。", entry.Text);
    }

    [Fact]
    public async Task Payments_begin_on_the_first_day_of_their_first_period()
    {
        await using var site = await TestSite.StartAsync();
        var begun = new PaymentsBegun("pay", "relief", new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.FromHours(8)));

        var entry = Assert.Single(ApplicantHistory.Of([new Recorded(9, DateTimeOffset.UnixEpoch, Actor.Engine, begun)], site.Get<ShippedTownship>().Current[0], English));

        Assert.Equal("Payments follow one another from 1 December 2026.", entry.Text);
    }

    [Fact]
    public async Task An_erased_person_leaves_a_history_that_can_still_be_read()
    {
        await using var site = await TestSite.StartAsync();
        var erased = new Returned("villageCheck", null, DateTimeOffset.UnixEpoch, false, DateTimeOffset.UnixEpoch);

        Assert.Single(ApplicantHistory.Of(
            [new Recorded(9, DateTimeOffset.UnixEpoch, Actor.Engine, erased)], site.Get<ShippedTownship>().Current[0], English));
    }

    [Fact]
    public async Task A_lead_is_not_told_and_a_bounce_only_when_it_was_the_applicants_mail()
    {
        await using var site = await TestSite.StartAsync();
        Recorded[] events =
        [
            new(1, DateTimeOffset.UnixEpoch, Actor.Objector, new Objected("objection-x", Anonymous: true, null, null, "secret")),
            new(2, DateTimeOffset.UnixEpoch, Actor.Engine, new MailBounced("k7qm3wxtpb9c-3-mail-li-dasheng", "bounce")),
            new(3, DateTimeOffset.UnixEpoch, Actor.Engine, new MailBounced("k7qm3wxtpb9c-3-mail-applicant", "bounce")),
        ];

        Assert.Equal(["mailBounced"], ApplicantHistory.Of(events, site.Get<ShippedTownship>().Current[0], English).Select(entry => entry.Type));
    }

    /// <summary>An event with empty lists and texts.</summary>
    private static Event Sample(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        return (Event)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Empty(parameter.ParameterType))]);
    }

    private static object? Empty(Type type)
    {
        if (type == typeof(string))
            return "x";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        if (type == typeof(Paper))
            return new Paper("p", "idCopy", "", 0, "");
        return null;
    }
}
