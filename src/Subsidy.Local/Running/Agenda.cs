using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Local.Running;

/// <summary>
/// Which application is to be looked at when. An application is in the hands of one worker at a time; a nudge that comes meanwhile
/// brings it back as soon as that turn is over.
/// </summary>
internal sealed class Agenda(TimeProvider time) : INudges
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> waiting = [];
    private readonly PriorityQueue<string, DateTimeOffset> order = new();
    private readonly Dictionary<string, bool> inHand = []; // value: nudged meanwhile
    private readonly Dictionary<string, int> failures = [];
    private TaskCompletionSource changed = New();

    public Task NudgeAsync(Application application, bool begins, CancellationToken cancel)
    {
        Put(application.Id, time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <summary>Brings the application forward to the moment, or puts it down for it; never moves it back.</summary>
    public void Put(string id, DateTimeOffset at)
    {
        lock (gate)
        {
            if (inHand.ContainsKey(id))
                inHand[id] = true;
            else
                Add(id, at);
            Signal();
        }
    }

    /// <summary>The next application that is due, as soon as one is.</summary>
    public async Task<string> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task signal;
            TimeSpan? pause;
            lock (gate)
            {
                if (TryTake(out var id, out pause))
                    return id;
                signal = changed.Task;
            }
            if (pause is { } wait)
                await Task.WhenAny(signal, Task.Delay(wait, time, cancel)).WaitAsync(cancel);
            else
                await signal.WaitAsync(cancel);
        }
    }

    /// <param name="next">When it is due again; null for not before a nudge.</param>
    public void Done(string id, DateTimeOffset? next)
    {
        lock (gate)
        {
            if (inHand.Remove(id, out var nudged) && nudged)
                Add(id, time.GetUtcNow());
            else if (next is { } at)
                Add(id, at);
            Signal();
        }
    }

    public void Succeeded(string id)
    {
        lock (gate)
            failures.Remove(id);
    }

    /// <summary>How long to leave a failing application alone: twice as long each time.</summary>
    public TimeSpan Failed(string id, TimeSpan first, TimeSpan longest)
    {
        lock (gate)
        {
            var times = failures[id] = failures.GetValueOrDefault(id) + 1;
            var pause = first * Math.Pow(2, Math.Min(times - 1, 16));
            return pause < longest ? pause : longest;
        }
    }

    /// <summary>Nothing is due at this moment, and no turn is being taken.</summary>
    public bool Resting
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                return inHand.Count == 0 && waiting.Values.All(at => at > now);
            }
        }
    }

    /// <summary>Returns once nothing is due at this moment and no turn is being taken.</summary>
    public async Task RestAsync(CancellationToken cancel)
    {
        lock (gate)
            Signal(); // The clock may have been moved: sleepers look again.
        while (true)
        {
            Task signal;
            lock (gate)
            {
                if (Resting)
                    return;
                signal = changed.Task;
            }
            await signal.WaitAsync(cancel);
        }
    }

    private bool TryTake(out string id, out TimeSpan? pause)
    {
        pause = null;
        while (order.TryPeek(out id!, out var at))
        {
            if (!waiting.TryGetValue(id, out var current) || current != at)
            {
                order.Dequeue(); // Overtaken by an earlier moment.
                continue;
            }
            var now = time.GetUtcNow();
            if (at > now)
            {
                // Timers take at most some 49 days; waking once a day costs nothing.
                pause = at - now < TimeSpan.FromDays(1) ? at - now : TimeSpan.FromDays(1);
                return false;
            }
            order.Dequeue();
            waiting.Remove(id);
            inHand[id] = false;
            return true;
        }
        id = "";
        return false;
    }

    private void Add(string id, DateTimeOffset at)
    {
        if (waiting.TryGetValue(id, out var earlier) && earlier <= at)
            return;
        waiting[id] = at;
        order.Enqueue(id, at);
    }

    private void Signal()
    {
        changed.TrySetResult();
        changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
