namespace Subsidy.Core.Applications;

/// <summary>What each status is called.</summary>
public static class StatusTexts
{
    public static Text Of(Status status) => status switch
    {
        Status.Draft => new("草稿", "draft"),
        Status.Submitted => new("已提交", "submitted"),
        Status.InReview => new("审核中", "in review"),
        Status.Returned => new("待补正", "returned for correction"),
        Status.OnNotice => new("公示中", "on public notice"),
        Status.Forwarded => new("已转报", "forwarded"),
        Status.Approved => new("已批准", "approved"),
        Status.AwaitingFunds => new("待拨付", "awaiting funds"),
        Status.Paying => new("发放中", "paying"),
        Status.Paid => new("已发放", "paid"),
        Status.Issued => new("已发证", "permit issued"),
        Status.Rectifying => new("整改中", "to be rectified"),
        Status.Recovering => new("追回中", "money being recovered"),
        Status.Suspended => new("暂停", "suspended"),
        Status.Rejected => new("未通过", "rejected"),
        Status.Withdrawn => new("已撤回", "withdrawn"),
        Status.Lapsed => new("逾期失效", "lapsed"),
        Status.Revoked => new("已撤销", "revoked"),
        Status.Closed => new("已办结", "closed"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
