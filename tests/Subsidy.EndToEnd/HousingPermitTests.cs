using Subsidy.EndToEnd.Walking;

namespace Subsidy.EndToEnd;

public sealed class HousingPermitTests(Head head) : IDisposable
{
    private readonly Township township = new(head);

    public void Dispose() => township.Dispose();

    [Fact]
    public async Task A_house_walks_from_the_village_meeting_to_the_completed_building()
    {
        var filed = await township.SubmitAsync(HousingPermit.Application(), HousingPermit.Papers());
        await HousingPermit.ToThePermitAsync(township, filed);
        var status = await township.UntilAsync(filed, "issued");

        await HousingPermit.SettingOutAsync(township, filed);
        await HousingPermit.CompletionAsync(township, filed);
        status = await township.UntilAsync(filed, "closed");
        Assert.NotNull(status["history"]);
    }

    [Fact]
    public async Task Anyone_can_check_a_permit_and_reads_no_more_than_a_masked_name()
    {
        var filed = await township.SubmitAsync(HousingPermit.Application(), HousingPermit.Papers());
        await HousingPermit.ToThePermitAsync(township, filed);
        await township.UntilAsync(filed, "issued");
        var mine = await HousingPermit.PermitNumbersAsync(township, filed);
        Assert.NotEmpty(mine);

        var text = await township.PageAsync($"/permits/{mine[0]}");
        Assert.Contains(mine[0], text, StringComparison.Ordinal);
        Assert.DoesNotContain("周建房", text, StringComparison.Ordinal);
        Assert.DoesNotContain("村道北侧", text, StringComparison.Ordinal);
    }
}
