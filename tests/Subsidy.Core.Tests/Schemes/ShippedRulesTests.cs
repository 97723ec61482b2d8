using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

/// <summary>What the relief fund and the housing permit ask of a form.</summary>
public sealed class ShippedRulesTests
{
    private static readonly Scheme Relief = Repository.Scheme("relief-fund");
    private static readonly Scheme Housing = Repository.Scheme("housing-permit");

    private static string[] Pointers(Scheme scheme, Form form, IReadOnlyDictionary<string, int>? papers = null) =>
    [
        .. FormCheck.Check(scheme, form, papers ?? Applicants.Papers(scheme), new Dictionary<string, bool>(), Repository.Today)
            .Select(fault => fault.Pointer).Order(StringComparer.Ordinal),
    ];

    private static IReadOnlyList<Claim> ClaimsOf(Scheme scheme, Form form)
    {
        var facts = Facts.Of(scheme, form, Repository.Today);
        var scope = Facts.Scope(facts, [], new Dictionary<string, bool>(), null, null, new Dictionary<string, int>());
        return Claims.Of(scheme, [new("a"), new("b"), new("a")], scope, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void Sound_forms_have_no_faults()
    {
        Assert.Empty(Pointers(Relief, Applicants.Relief()));
        Assert.Empty(Pointers(Relief, Applicants.Relief("emergency", "illness")));
        Assert.Empty(Pointers(Housing, Applicants.Housing()));
    }

    [Theory]
    [InlineData("construction", null, 180, true)]
    [InlineData("construction", null, 180.01, false)]
    [InlineData("unused", false, 180, true)]
    [InlineData("unused", false, 180.01, false)]
    [InlineData("unused", true, 240, true)]
    [InlineData("unused", true, 240.01, false)]
    [InlineData("cultivated", null, 120, true)]
    [InlineData("cultivated", null, 120.01, false)]
    [InlineData("cultivated", true, 121, false)]
    [InlineData("forest", null, 121, false)]
    [InlineData("other", null, 121, false)]
    public void A_homestead_stays_under_the_ceiling_of_its_land(string land, bool? barrenHill, double area, bool fits)
    {
        var form = Applicants.Housing().With("landType", $"\"{land}\"").With("homesteadArea", JsonValue.Create((decimal)area).ToJsonString());
        if (barrenHill is { } hill)
            form = form.With("barrenHill", hill ? "true" : "false");
        Assert.Equal(fits ? [] : ["/answers/homesteadArea"], Pointers(Housing, form));
    }

    [Fact]
    public void Whoever_gave_a_house_away_gets_no_new_homestead_but_may_rebuild()
    {
        var form = Applicants.Housing().With("soldOrGivenAway", "true");
        Assert.Equal(["/answers/soldOrGivenAway"], Pointers(Housing, form));
        Assert.Empty(Pointers(Housing, Rebuild(form)));
    }

    [Theory]
    [InlineData("relocation", "kept", false)]
    [InlineData("relocation", "returned", true)]
    [InlineData("disaster", "other", false)]
    [InlineData("newHousehold", "kept", true)]
    public void A_household_has_one_homestead(string reason, string outcome, bool fits)
    {
        var form = Rebuild(Applicants.Housing()).With("reason", $"\"{reason}\"").With("existingOutcome", $"\"{outcome}\"");
        Assert.Equal(fits ? [] : ["/answers/existingOutcome"], Pointers(Housing, form));
    }

    [Fact]
    public void What_is_there_already_is_described_only_by_those_who_have_it()
    {
        Assert.Equal(
            ["/answers/existingCertificate", "/answers/existingFloorArea", "/answers/existingOutcome"],
            Pointers(Housing, Applicants.Housing().With("existingArea", "90")));
    }

    [Fact]
    public void The_homestead_claim_is_on_everyone_of_the_household_once_and_not_for_rebuilding()
    {
        Assert.Equal(
            ["housing-permit|homestead|a|live", "housing-permit|homestead|b|live"],
            ClaimsOf(Housing, Applicants.Housing()).Select(claim => claim.Key));
        Assert.Empty(ClaimsOf(Housing, Rebuild(Applicants.Housing())));
    }

    [Fact]
    public void Relief_is_claimed_once_for_an_event_and_twice_in_twelve_months()
    {
        var fire = ClaimsOf(Relief, Applicants.Relief());
        Assert.Equal(["sameEvent", "sameEvent", "twiceAYear", "twiceAYear"], fire.Select(claim => claim.Limit));
        Assert.Equal([(1, 0), (1, 0), (2, 12), (2, 12)], fire.Select(claim => (claim.Max, claim.Months)));
        Assert.Equal("relief-fund|twiceAYear|a|rolling", fire[2].Key);

        // The key is one that a table takes, does not tell what happened, and differs by event and by person.
        Assert.Matches(@"^relief-fund\|sameEvent\|a\|[0-9a-f]{32}$", fire[0].Key);
        Assert.NotEqual(fire[0].Key[^32..], fire[1].Key[^32..]);
        Assert.NotEqual(fire[0].Key, ClaimsOf(Relief, Applicants.Relief(cause: "flood"))[0].Key);
        Assert.Equal(fire, ClaimsOf(Relief, Applicants.Relief()));
    }

    [Fact]
    public void An_emergency_needs_no_papers_at_first_and_costs_must_be_shown()
    {
        var none = new Dictionary<string, int>();
        Assert.Empty(Pointers(Relief, Applicants.Relief("emergency", "accident"), none));
        Assert.Equal(
            ["/papers/authorisation", "/papers/bankCard", "/papers/householdRegister", "/papers/idCopy", "/papers/proof"],
            Pointers(Relief, Applicants.Relief(), none));
    }

    [Fact]
    public void What_only_costs_need_is_asked_only_for_costs()
    {
        Assert.Equal(["/answers/costs", "/answers/monthlyIncome"], Pointers(Relief, Applicants.Relief().With("costs", null).With("monthlyIncome", null)));
        Assert.Empty(Pointers(Relief, Applicants.Relief("emergency", "fire").With("costs", null).With("monthlyIncome", null)));
        Assert.Equal(["/answers/otherHelpDetails"], Pointers(Relief, Applicants.Relief().With("otherHelp", "true")));
        Assert.Equal(["/household"], Pointers(Relief, Applicants.Relief() with { Household = [] }));
    }

    [Fact]
    public void Who_is_only_passing_through_is_helped_in_an_emergency()
    {
        Assert.Equal(["/answers/residence"], Pointers(Relief, Applicants.Relief().With("residence", "\"elsewhere\"")));
        Assert.Empty(Pointers(Relief, Applicants.Relief("emergency", "accident").With("residence", "\"elsewhere\"")));
    }

    [Fact]
    public void What_a_villager_tells_of_the_need_is_not_among_the_facts()
    {
        var facts = Facts.Of(Relief, Applicants.Relief(), Repository.Today).ToJsonString();
        Assert.DoesNotContain("situation", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("address", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("369900", facts, StringComparison.Ordinal);
    }

    private static Form Rebuild(Form form) => form
        .With("reason", "\"rebuild\"").With("landType", "\"construction\"").With("existingArea", "90").With("existingFloorArea", "180")
        .With("existingCertificate", "\"无\"").With("existingOutcome", "\"kept\"");
}
