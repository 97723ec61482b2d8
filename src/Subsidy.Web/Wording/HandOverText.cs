using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Wording;

/// <summary>Handovers in plain words.</summary>
public static class HandOverText
{
    public static Text Kind(HandOverKind kind) => kind is HandOverKind.Cash ? new("现金", "cash") : new("实物", "goods");

    public static Text End(HandOverEnd why) => why switch
    {
        HandOverEnd.TakenBack => new("没有给付，或已交回", "nothing was handed over, or it was given back"),
        HandOverEnd.TooLittleCash => new("备用金账面余额不够", "by the books the petty fund had less"),
        _ => new("这笔钱已在发放，或不再应发", "the money was with the bank already, or was given up"),
    };
}
