namespace Subsidy.Web.Pages;

// Each names a pair of files in Resources/Pages: X.resx in English, X.zh-CN.resx in Chinese.

/// <summary>What every page may say: navigation, statuses, decisions, terms.</summary>
internal sealed class SiteWords;

internal sealed class HomeWords;

internal sealed class ApplyWords;

internal sealed class MyWords;

internal sealed class DecisionWords;

internal sealed class NoticeWords;

internal sealed class PaymentWords;

internal sealed class PermitWords;

internal sealed class StaffWords;

internal sealed class AuditWords;

internal sealed class FinanceWords;

internal sealed class StatementWords;

internal sealed class YearEndWords;

internal sealed class RunWords;

internal sealed class RunHistoryWords;

internal sealed class ClockWords;

/// <summary>Advice for each status that a page can end with.</summary>
internal sealed class ErrorWords;
