using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Properties;

/// <summary>
/// A walk through months that are granted, paid, sent back by the bank, asked back, checked again, stopped and, on appeal, owed after all,
/// one beside another.
/// </summary>
internal sealed class Months(World world, Wanderer wanderer)
{
    private int _vouchers;

    public void Move(int seed)
    {
        var random = new Random(seed);
        switch (random.Next(24))
        {
            case < 4 when world.A.Recurring is { } recurring:
                world.Now = recurring.Next > world.Now ? recurring.Next : world.Now;
                world.Do(new TimePassed());
                break;
            case < 6:
                world.Cashier.Work(random.Next(3) == 0 ? null : random);
                break;
            case < 10:
                world.Cashier.Move(random);
                break;
            case < 12:
                world.PerformAll();
                break;
            case < 14:
                Ask(random);
                break;
            case < 16:
                Settle(random);
                break;
            case 16 when random.Next(4) == 0:
                Stop(random);
                break;
            case < 20 when world.A is { Stopped.AppealUntil: not null, Appealing: false }:
                world.Do(new Appeal("not so"));
                break;
            case 20:
                world.Do(random.Next(2) == 0 ? new ReportChange("the son has left") : new CallRecheck(Pick(random, world.Township.Staff)!.Id, "the son has come back"));
                break;
            case 17:
                world.Do(new CorrectPayee(new Payee(random.Next(3) == 0 ? $"李{world.A.Version}" : "张三丰", $"88{world.A.Version:D8}", "农商行")));
                break;
            default:
                wanderer.Move(random.Next());
                break;
        }
    }

    private void Ask(Random random)
    {
        if (Pick(random, [.. PaymentList.Of(world.Stream).Where(x => x.State is EntitlementState.Paid)]) is { } paid)
            world.Do(new ClaimBack(Finance, paid.Entitlement, random.Next(2) == 0 ? paid.Amount : new Money(random.Next(1, (int)paid.Amount.Fen + 1)), "too much"));
    }

    private void Settle(Random random)
    {
        if (Pick(random, [.. world.A.Recoveries.Where(x => x.Open)]) is not { } recovery)
            return;
        var shown = random.Next(6) == 0 ? new Money(1) : recovery.Outstanding;
        world.Do(random.Next(5) switch
        {
            3 when recovery.WriteOff is null => new ProposeWriteOff(Finance, recovery.Id, shown, "has nothing"),
            3 or 4 when recovery.WriteOff is not null => new DecideWriteOff(Approver, recovery.Id, shown, random.Next(3) > 0),
            0 => new RecordRepayment(Finance, recovery.Id, new Money(random.Next(1, (int)recovery.Outstanding.Fen + 1)), $"m{_vouchers++}"),
            1 => new AgreeInstalments(Finance, recovery.Id, [new Instalment(ChinaTime.DateOf(world.Now.AddDays(random.Next(1, 90))), recovery.Outstanding)]),
            _ => new RecordRepayment(Finance, recovery.Id, recovery.Outstanding, $"m{_vouchers++}"),
        });
    }

    private void Stop(Random random)
    {
        var staff = Pick(random, world.Township.Staff)!.Id;
        world.Do(random.Next(3) == 0
            ? new Revoke(staff, "invented")
            : new StopPayments(
                staff, random.Next(4) == 0 ? StopReason.Died : StopReason.Ineligible, random.Next(3) == 0 ? null : Pick(random, PaymentList.Of(world.Stream))?.Period, "no longer eligible"));
    }

    private string Approver => world.Township.Staff.FirstOrDefault(person => person.Holds(Roles.FinanceApprover))?.Id ?? "nobody";

    private string Finance => world.Township.Staff.FirstOrDefault(person => person.Holds(Roles.FinancePreparer))?.Id ?? "nobody";

    private static T? Pick<T>(Random random, IReadOnlyList<T> from) => from.Count == 0 ? default : from[random.Next(from.Count)];
}
