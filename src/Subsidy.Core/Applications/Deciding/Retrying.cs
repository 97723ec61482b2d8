namespace Subsidy.Core.Applications.Deciding;

/// <summary>How what has failed outside is tried again: at ever longer intervals, told to people after a while, given up after about a month.</summary>
internal static class Retrying
{
    /// <summary>After so many failures people are told; trying goes on once a day.</summary>
    public const int StuckAfter = 6;

    /// <summary>Without an end, one dead address would add an event a day for ever.</summary>
    public const int GivenUpAfter = StuckAfter + 30;

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <param name="attempts">How many have failed, this one among them.</param>
    public static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(attempts, 16)));
        return pause < LongestPause ? pause : LongestPause;
    }
}
