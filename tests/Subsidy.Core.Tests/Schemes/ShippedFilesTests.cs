using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

public sealed class ShippedFilesTests
{
    [Fact]
    public void The_sample_township_has_no_faults()
    {
        Assert.Empty(Repository.Township.Faults);
        Assert.Empty(Repository.MonitoredHouseholds.Faults);
        Assert.Equal(4, Repository.Township.Register!.Villages.Count);
        Assert.Equal(12, Repository.MonitoredHouseholds.Persons.Count);
    }

    [Fact]
    public void The_shipped_schemes_have_no_faults() =>
        Assert.Empty(SchemeDirectory.Check(Repository.SchemesFolder, Repository.Township.Register));
}
