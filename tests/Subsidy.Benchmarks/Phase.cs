namespace Subsidy.Benchmarks;

/// <summary>What one phase has needed.</summary>
/// <param name="Requests">To storage.</param>
/// <param name="Lost">Requests among them that were refused because somebody else was faster.</param>
/// <param name="Allocated">Managed memory that was allocated, in bytes.</param>
/// <param name="Peak">The most that the managed heap held, in bytes.</param>
/// <param name="LastToFirst">How long the last thousand payments took, as a multiple of the first; null where they are not done one by one.</param>
internal sealed record Phase(
    string Name, int Payments, TimeSpan Time, int Requests, int Lost, long Allocated, long Peak, double? LastToFirst)
{
    public double MicrosecondsEach => Time.TotalMicroseconds / Payments;

    public double RequestsEach => (double)Requests / Payments;
}
