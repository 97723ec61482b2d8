using Azure;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Storage.Funds;

internal sealed record StoredSheet(FundView View, FundHeadRow Head) : FundSheet(View);

/// <param name="ETag">Of the row that was read: newer news has another one.</param>
internal sealed record StoredNews(FundKey Fund, Position Position, ETag ETag) : FundNews(Fund, Position);
