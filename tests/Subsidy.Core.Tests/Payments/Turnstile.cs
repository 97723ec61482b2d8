using System.Collections.Concurrent;

namespace Subsidy.Core.Tests.Payments;

/// <summary>
/// Stands before everything that is stored in memory: one request at a time, in an order that chance decides. Now and then a request is
/// held back while others go on, or is lost, or its answer is.
/// </summary>
internal sealed class Turnstile(Random random) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentQueue<TaskCompletionSource> _held = new();
    private int _workers;

    /// <summary>One in so many requests breaks; 0 for none.</summary>
    public int BreaksOneIn { get; set; }

    public int Broken { get; private set; }

    /// <summary>Somebody works until the task ends. As long as another works beside them, either may be held back.</summary>
    public async Task WorkAsync(Func<Task> work)
    {
        Interlocked.Increment(ref _workers);
        try
        {
            await Task.Yield();
            await work();
        }
        finally
        {
            Interlocked.Decrement(ref _workers);
            while (_held.Count >= Math.Max(1, Volatile.Read(ref _workers)) && _held.TryDequeue(out var held))
                held.SetResult();
        }
    }

    public async Task<T> PassAsync<T>(Func<Task<T>> request)
    {
        if (Chance(6) && _held.Count + 1 < Volatile.Read(ref _workers))
        {
            var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held.Enqueue(held);
            // Whoever was to let it go may have gone home in between.
            if (_held.Count >= Volatile.Read(ref _workers) && _held.TryDequeue(out var other))
                other.SetResult();
            await held.Task;
        }
        await _one.WaitAsync();
        try
        {
            var (lost, unheard) = (Breaks(), Breaks());
            if (lost)
                throw new LostRequestException();
            var answer = await request();
            return unheard ? throw new LostRequestException() : answer;
        }
        finally
        {
            _one.Release();
            if ((Chance(4) || _held.Count >= Volatile.Read(ref _workers)) && _held.TryDequeue(out var held))
                held.SetResult();
        }
    }

    public Task PassAsync(Action request) => PassAsync(() =>
    {
        request();
        return Task.FromResult(0);
    });

    public void Dispose() => _one.Dispose();

    public int Next(int below)
    {
        lock (random)
            return random.Next(below);
    }

    private bool Breaks()
    {
        if (BreaksOneIn == 0 || Next(2 * BreaksOneIn) != 0)
            return false;
        Broken++;
        return true;
    }

    private bool Chance(int oneIn) => Next(oneIn) == 0;
}

internal sealed class LostRequestException : Exception
{
    public LostRequestException()
        : base("The request or its answer was lost.")
    {
    }
}
