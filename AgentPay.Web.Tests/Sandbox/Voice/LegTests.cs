using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class LegTests
{
    [Fact]
    public async Task AnswerAndHangUp_AtOnce_LeaveExactlyOneFinalStatus()
    {
        for (var run = 0; run < 100; run++)
        {
            var leg = NewLeg();
            var ends = 0;
            using var listening = leg.Listen(_ => Task.CompletedTask, () => Task.FromResult(Interlocked.Increment(ref ends)));
            using var start = new Barrier(3);
            var answering = Task.Run(() => { start.SignalAndWait(); return leg.Answer(); });
            var hangingUp = Enumerable.Range(0, 2)
                .Select(_ => Task.Run(() => { start.SignalAndWait(); return leg.HangUpAsync(LegStatus.Canceled); })).ToArray();

            (await Task.WhenAll(hangingUp)).Count(won => won).ShouldBe(1);

            leg.Status.ShouldBe(await answering ? LegStatus.Completed : LegStatus.Canceled);
            ends.ShouldBe(1);
            (await leg.WhenAnswered).ShouldBe(await answering);
        }
    }

    [Fact]
    public async Task SeveralTelephones_AnsweredAtOnce_HaveOneWinner()
    {
        Leg? first = null;
        var legs = Enumerable.Range(0, 8).Select(_ => new Leg
        {
            From = "+61400000000", To = "+61280000000", Direction = "outbound-dial",
            MayAnswer = leg => Interlocked.CompareExchange(ref first, leg, null) is null,
        }).ToList();

        var answers = await Task.WhenAll(legs.Select(leg => Task.Run(leg.Answer)));

        answers.Count(won => won).ShouldBe(1);
        legs.Count(leg => leg.IsInProgress).ShouldBe(1);
    }

    [Fact]
    public async Task Ended_Leg_IsNeitherAnsweredNorEndedAgain()
    {
        var leg = NewLeg();

        (await leg.EndAsync(LegStatus.Busy)).ShouldBeTrue();

        leg.Answer().ShouldBeFalse();
        (await leg.EndAsync(LegStatus.Completed)).ShouldBeFalse();
        leg.Status.ShouldBe(LegStatus.Busy);
        leg.Duration.ShouldBeNull();
    }

    [Fact]
    public async Task DisposedListener_HearsNothingMore()
    {
        var (leg, heard) = (NewLeg(), 0);
        leg.Listen(_ => Task.FromResult(heard++), () => Task.FromResult(heard++)).Dispose();

        await leg.PressAsync('1');
        await leg.EndAsync(LegStatus.Completed);

        heard.ShouldBe(0);
    }

    [Fact]
    public void Log_BeyondItsBound_KeepsTheNewest()
    {
        var leg = NewLeg();

        for (var n = 0; n < 150; n++) leg.Say($"{n}");

        leg.Said.Count.ShouldBe(100);
        leg.Said[^1].ShouldBe("149");
    }

    [Fact]
    public async Task Legs_BeyondTheirBound_ForgetTheOldestThatEnded()
    {
        var legs = new Legs { MaxLegs = 2 };
        var (running, ended, newest) = (legs.Add(NewLeg()), legs.Add(NewLeg()), NewLeg());
        await ended.EndAsync(LegStatus.Completed);

        legs.Add(newest);
        legs.Add(NewLeg());

        legs.Find(ended.Sid).ShouldBeNull();
        legs.Find(running.Sid).ShouldBe(running);
        legs.All.Count.ShouldBe(3);
    }

    private static Leg NewLeg() => new() { From = "+61400000000", To = "+61280000000", Direction = "inbound" };
}
