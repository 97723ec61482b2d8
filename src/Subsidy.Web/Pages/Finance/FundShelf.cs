using Subsidy.Core;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Web.Pages.Finance;

/// <summary>The fund-years that have books, by what people call them.</summary>
internal sealed class FundShelf(IFundBooks books, IFundRegister register, TimeProvider time)
{
    /// <summary>The current year's first, then the others by how far they are.</summary>
    public async Task<IReadOnlyList<NamedFund>> AllAsync(CancellationToken cancel)
    {
        var year = Core.Calendar.ChinaTime.DateOf(time.GetUtcNow()).Year;
        var funds = new List<NamedFund>();
        foreach (var key in (await books.AllAsync(cancel)).OrderBy(key => Math.Abs(key.Year - year)).ThenBy(key => key.Code, StringComparer.Ordinal))
            funds.Add(await LoadAsync(key, cancel));
        return funds;
    }

    /// <param name="name">As <see cref="FundKey.ToString"/> writes it.</param>
    /// <returns>Null where there are no books.</returns>
    public async Task<NamedFund?> FindAsync(string name, CancellationToken cancel) =>
        FundKey.Parse(name) is { } key && await LoadAsync(key, cancel) is { Fund.Version: > 0 } found ? found : null;

    public Text TitleOf(string code) => register.Funds.FirstOrDefault(fund => fund.Id == code)?.Title ?? new Text(code, code);

    private async Task<NamedFund> LoadAsync(FundKey key, CancellationToken cancel) =>
        new((await books.LoadAsync(key, [], null, cancel)).View.Fund, TitleOf(key.Code));
}
