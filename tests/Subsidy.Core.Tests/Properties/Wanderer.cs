using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Properties;

/// <summary>Turns random numbers into what people, mail providers, clocks and bad luck do to an application.</summary>
internal sealed class Wanderer(World world)
{
    private Random _random = new(0);

    public void Move(int seed)
    {
        _random = new Random(seed);
        if (world.Application is null)
        {
            Begin();
            return;
        }
        switch (_random.Next(100))
        {
            case < 45: Sensible(); break;
            case < 55: world.Do(Likely() ? Ballot() : Nonsense()); break;
            case < 63: Report(); break;
            case < 70: PassTime(); break;
            case < 75: world.Do(Amendment()); break;
            case < 77: world.Do(new MakeRequest(Pick(Requests) ?? "none", null)); break;
            case < 82: world.Do(Objection()); break;
            case < 85: world.Do(new Appeal(Likely() ? "not so" : "")); break;
            case < 87: world.Do(Case.Paper(Pick(world.Setting.Scheme.Documents)!.Kind)); break;
            case < 90: world.Do(Oversight()); break;
            case < 93: world.Do(Pick(world.Past)!); break;
            case < 96: world.Do(Finance()); break;
            default: ChangeTheWorld(); break;
        }
    }

    /// <summary>Submitted, and approved by the first step.</summary>
    public void Approve()
    {
        world.Do(Submission());
        world.PerformAll();
        var open = world.A.Assignments[0];
        world.Do(Ballot(open, open.Seats[0].Candidates[0], Decision.Approve));
        Assert.NotNull(world.A.Recurring);
    }

    /// <summary>What the application waits for, so that walks get far.</summary>
    private void Sensible()
    {
        if (world.A.Duties.Any(duty => duty is TakeClaims or NumberPermits))
            Report();
        else if (world.A.Status is Status.Draft)
            world.Do(Submission());
        else if (world.A.Assignments.Count > 0)
            world.Do(Ballot());
        else if ((world.A.Status is Status.Returned && _random.Next(4) > 0) || world.A.Waiting is { Kind: WaitingKind.Supplement })
            world.Do(Amendment());
        else if (world.A.Waiting is { Kind: WaitingKind.Request or WaitingKind.Rectification } waiting)
            world.Do(new MakeRequest(((DecisionStep)world.Setting.Scheme.StepOf(waiting.Step)).Request!.Key, null));
        else if (world.A.Status is Status.Rejected || (world.A.Stopped is { AppealUntil: not null } && _random.Next(3) > 0))
            world.Do(new Appeal("not so"));
        else if (world.A.Entitlements.Count > 0 && _random.Next(6) > 0)
            Money();
        else
            PassTime();
    }

    private IReadOnlyList<string> Requests => [.. world.Setting.Scheme.Route.OfType<DecisionStep>().Select(step => step.Request?.Key).OfType<string>()];

    private bool Likely() => _random.Next(8) > 0;

    private T? Pick<T>(IReadOnlyList<T> from) => from.Count == 0 ? default : from[_random.Next(from.Count)];

    private void Begin()
    {
        if (_random.Next(4) == 0)
            world.Do(new OpenDraft(Case.Id, world.Setting.Village, "zh", "print"));
        world.Do(Submission());
    }

    private Submit Submission()
    {
        var form = world.Setting.Forms[0];
        var papers = world.Setting.Scheme.Documents
            .Where(document => world.Application?.Papers.ContainsKey(document.Kind) is not true).Select(document => Case.Paper(document.Kind)).ToList();
        return new Submit(Case.Id, world.Setting.Village, "zh", "print", form, Persons(form), papers);
    }

    /// <summary>Now and then somebody of the staff turns out to be of the household.</summary>
    private List<PersonKey> Persons(Form form)
    {
        var persons = new List<PersonKey> { new("key-of-applicant") };
        persons.AddRange(form.Household.Select((_, i) => new PersonKey($"key-of-member-{i}")));
        if (_random.Next(5) == 0 && Pick(world.Setting.Township.Staff)?.Person is { } near)
            persons.Add(near);
        return persons;
    }

    private Command Amendment()
    {
        if (Likely())
        {
            var form = _random.Next(3) == 0 ? null : Pick(world.Setting.Forms);
            var papers = world.Setting.Scheme.Documents.Where(_ => Likely()).Select(document => Case.Paper(document.Kind)).ToList();
            return new Amend(form, Persons(form ?? world.Setting.Forms[0]), papers, null);
        }
        return _random.Next(2) == 0 ? Submission() : new Amend(null, [], [], null);
    }

    private Command Ballot()
    {
        if (Pick(world.A.Assignments) is not { } open
            || Pick([.. open.Seats.Where(seat => seat.Open).SelectMany(seat => seat.Candidates)]) is not { } candidate)
        {
            return new TimePassed();
        }
        var decision = _random.Next(20) switch
        {
            < 14 => Decision.Approve,
            < 16 => Decision.Return,
            < 17 => Decision.Reject,
            < 18 => Decision.Recuse,
            _ => Decision.Delegate,
        };
        return Ballot(open, candidate, decision);
    }

    public CastVote Ballot(Assignment open, Candidate candidate, Decision decision)
    {
        var measuring = MeasuringStep.Of(world.A, world.Setting.Scheme, open);
        var step = open.Kind is AssignmentKind.Step ? measuring : null;
        var records = measuring?.Measurements is not null && !world.A.Measured.ContainsKey(open.Key);
        return new CastVote(
            candidate.Staff, open.Key, open.Round, candidate.Link, world.A.Version, decision, "because",
            [new Missing("/papers/proof", "the proof")],
            decision is Decision.Approve && step is not null ? [.. step.Checklist.Select(item => item.Key)] : [],
            records ? (JsonObject?)(step is null ? Pick(world.Setting.Anew) : world.Setting.Measurements.GetValueOrDefault(open.Key))?.DeepClone() : null,
            [.. Enumerable.Range(0, step?.Photos ?? 0).Select(n => new Paper($"f{n}", "photo", "00", 1, "image/jpeg"))],
            decision is Decision.Delegate ? Colleague(open, candidate) : null);
    }

    private string Colleague(Assignment open, Candidate candidate)
    {
        var seat = open.Seats.First(seat => seat.Open && seat.Candidates.Contains(candidate)).Seat;
        var colleagues = world.Setting.Township.Staff.Where(person => person.Fills(seat, world.Setting.Village)).ToList();
        return (Likely() ? Pick(colleagues) : null)?.Id ?? Pick(world.Setting.Township.Staff)!.Id;
    }

    /// <summary>Someone who was not asked, a link of another day, measurements out of thin air.</summary>
    private Command Nonsense()
    {
        if (Ballot() is not CastVote ballot)
            return new ReportBounce("who-knows", "unknown");
        return _random.Next(6) switch
        {
            0 => ballot with { Staff = Pick(world.Setting.Township.Staff)!.Id },
            1 => ballot with { Link = _random.Next(world.A.Version + 2) },
            2 => ballot with { Shown = _random.Next(world.A.Version + 3) },
            3 => ballot with { Round = _random.Next(3) },
            4 => ballot with { Measurements = new JsonObject { ["area"] = _random.Next(200) }, Photos = [], Missing = [] },
            _ => ballot with { Comment = null, Checklist = ["roof"] },
        };
    }

    private void Money()
    {
        if (_random.Next(3) == 0 && PaysFirst)
        {
            if (_random.Next(2) == 0)
                world.Cashier.FillCashBox();
            world.Do(HandOver());
        }
        else if (world.A.PayeeCall is null ? _random.Next(8) == 0 : Likely()) // Also where nobody has asked.
            world.Do(new CorrectPayee(new Payee(_random.Next(2) == 0 ? "张三丰" : "李四", Pick(Accounts)!, "农商行")));
        else if (world.A.Recoveries.Any(recovery => recovery.Open) && Likely())
            world.Do(Finance());
        else if (_random.Next(8) == 0 && Pick([.. world.A.Entitlements.Where(x => x.State is EntitlementState.Paid)]) is { } paid)
            world.Do(new ClaimBack(Preparer, paid.Id, _random.Next(2) == 0 ? paid.Amount : new Money(_random.Next(1, (int)paid.Amount.Fen)), "too much"));
        else if (_random.Next(4) == 0)
            world.PerformAll();
        else if (_random.Next(4) == 0)
            world.Cashier.Work(_random);
        else
            world.Cashier.Move(_random);
    }

    private bool PaysFirst => world.Setting.Scheme.Route.OfType<PayStep>().Any(step => step.PayFirst);

    /// <summary>Cash on the spot: now and then with a careless receipt, by the wrong people, refused by the witness, or dropped again.</summary>
    private Command HandOver()
    {
        var owed = Pick(world.A.Entitlements);
        var finance = Pick([.. world.Setting.Township.Staff.Where(person => person.Holds(Roles.FinancePreparer) || person.Holds(Roles.FinanceApprover))])?.Id ?? "nobody";
        if (owed?.HandOver is not { Open: true } handed || _random.Next(8) == 0)
        {
            var kind = (HandOverKind)_random.Next(2);
            return new SignHandOver(
                finance, owed?.Id ?? "none", kind, "rice", $"r{_random.Next(50)}", Likely() ? [new Paper("r", "photo", "00", 1, "image/jpeg")] : [],
                Pick(world.Setting.Township.Staff)!.Id);
        }
        return _random.Next(8) switch
        {
            0 => new DropHandOver(finance, owed.Id, handed.Number, "brought back"),
            1 => new WitnessHandOver(Pick(world.Setting.Township.Staff)!.Id, owed.Id, handed.Number - _random.Next(2)),
            2 or 3 => new RefuseHandOver(handed.Witness, owed.Id, handed.Number - (_random.Next(4) == 0 ? 1 : 0), "was not there"),
            4 or 5 => new NameWitness(finance, owed.Id, handed.Number, Pick(world.Setting.Township.Staff)!.Id),
            _ => new WitnessHandOver(handed.Witness, owed.Id, handed.Number),
        };
    }

    private static readonly StopReason[] Reasons = [StopReason.Died, StopReason.Ineligible, StopReason.MovedAway];

    private static readonly string[] Accounts = ["6222021234567890128", "8801234567", "8807654321"];

    private string Preparer => Pick([.. world.Township.Staff.Where(person => person.Holds(Roles.FinancePreparer))])?.Id ?? "nobody";

    private Command Finance()
    {
        var staff = Pick([.. world.Setting.Township.Staff.Where(person => person.Holds(Roles.FinancePreparer) || person.Holds(Roles.FinanceApprover))])?.Id ?? "nobody";
        var recovery = Pick([.. world.A.Recoveries.Where(recovery => recovery.Open)]);
        return _random.Next(9) switch
        {
            0 => new ClaimBack(staff, Pick(world.A.Entitlements)?.Id ?? "none", new Money(_random.Next(1, 60001)), "too much"),
            1 => new StopPayments(
                Pick(world.Setting.Township.Staff)!.Id, Pick(Reasons), _random.Next(2) == 0 ? null : Pick(world.A.Entitlements)?.Period, "so they say"),
            2 => new ProposeWriteOff(staff, recovery?.Id ?? "none", Shown(recovery), "has nothing"),
            3 => new DecideWriteOff(staff, recovery?.Id ?? "none", Shown(recovery), _random.Next(2) == 0),
            4 => new AgreeInstalments(staff, recovery?.Id ?? "none", [new Instalment(ChinaTime.DateOf(world.Now.AddDays(30)), recovery?.Outstanding ?? new Money(1))]),
            5 => new DrawStatement(staff, 2026),
            _ => new RecordRepayment(staff, recovery?.Id ?? "none", recovery is null ? new Money(1) : _random.Next(2) == 0 ? recovery.Outstanding : new Money(1), $"v{_random.Next(9)}"),
        };
    }

    /// <summary>Now and then somebody has an old page before their eyes.</summary>
    private Money Shown(Recovery? recovery) => recovery is null || _random.Next(8) == 0 ? new Money(1) : recovery.Outstanding;

    private RaiseObjection Objection() => _random.Next(2) == 0
        ? new RaiseObjection($"o{_random.Next(6)}", "李四", "13900000000", "he has a house")
        : new RaiseObjection($"l{_random.Next(6)}", null, null, "hearsay");

    private Command Oversight()
    {
        var staff = Pick(world.Setting.Township.Staff)!.Id;
        return _random.Next(11) switch
        {
            9 => new CallRecheck(staff, "the son has come back"),
            10 => new ReportChange("the son has left"),
            0 => new Withdraw("no more"),
            < 2 => new Revoke(staff, "fraud"),
            < 5 => new Reopen(staff, "was in hospital"),
            _ => new RenewLink(staff, Pick(world.A.Assignments)?.Key ?? "none", Pick(world.Setting.Township.Staff)!.Id),
        };
    }

    /// <summary>Duties are done, done and not reported (a crash), failed, or found to be in conflict.</summary>
    private void Report()
    {
        if (_random.Next(3) == 0)
        {
            world.PerformAll();
            return;
        }
        world.Cashier.BreaksIn = _random.Next(4) == 0 ? _random.Next(5) : null;
        var conflicts = _random.Next(20) == 0;
        var skipped = false;
        world.Perform(duty =>
        {
            // Claims are taken and given back in their order, or not at all.
            if (duty is TakeClaims or ReleaseClaims)
            {
                skipped |= _random.Next(4) == 0;
                return skipped ? null
                    : duty is TakeClaims && conflicts ? new ClaimsConflicted(duty.Id, "live", "K7QM-3WXT-PB9C") : World.Succeed(duty);
            }
            return _random.Next(5) switch
            {
                0 => null,
                1 when duty is SendMail => new DutyFailed(duty.Id, "429"),
                _ => World.Succeed(duty),
            };
        }, dies: () => _random.Next(2) == 0);
        world.Cashier.BreaksIn = null;
    }

    private void PassTime()
    {
        world.Now = _random.Next(8) switch
        {
            < 4 => Timing.Due(world.A) is { } due && due > world.Now ? due : world.Now,
            < 6 => world.Now.AddHours(_random.Next(200)),
            6 => world.Now.AddDays(_random.Next(60)),
            _ => world.Now.AddDays(_random.Next(4000)),
        };
        world.Do(new TimePassed());
    }

    /// <summary>The register knows somebody by another id.</summary>
    private void Rename()
    {
        var renamed = Pick(world.Township.Staff)!;
        world.Township = world.Township with
        {
            Staff = [.. world.Township.Staff.Select(person => person == renamed ? person with { Id = $"{person.Id}-anew" } : person)],
        };
    }

    private void ChangeTheWorld()
    {
        switch (_random.Next(4))
        {
            case 0:
                var gone = _random.Next(1, 6);
                world.Township = world.Setting.Township with { Staff = [.. world.Setting.Township.Staff.Where((_, i) => (i + gone) % 6 > 1)] };
                break;
            case 1:
                world.Township = world.Setting.Township;
                if (_random.Next(2) == 0)
                    Rename();
                break;
            case 2:
                world.Calendar = _random.Next(2) == 0 ? Corrected.LongBreak : Corrected.NoBreak;
                break;
            default:
                foreach (var register in world.Setting.Scheme.Registers)
                    world.Registers[register] = _random.Next(2) == 0;
                break;
        }
    }
}
