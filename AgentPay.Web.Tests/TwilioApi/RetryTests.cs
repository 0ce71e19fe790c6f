using System.Globalization;
using System.Text.Json;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class RetryTests : IAsyncLifetime
{
    private static readonly Answer Ok = new(200, Bodies.Call);
    private static readonly Answer Unavailable = new(503, Bodies.Error(503, 20503, "Service unavailable"));
    private static readonly Answer TooMany = new(429, Bodies.Error(429, 20429, "Too many requests"));
    private static readonly string DocumentPath = $"{TwilioStub.ServicePath}/Documents/d";

    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [Fact]
    public async Task Get_ServerErrors_IsRepeatedWithGrowingPauses()
    {
        _stub.Answers(TwilioStub.CallPath, Unavailable, Unavailable, Unavailable, Ok);

        var pauses = await PausesAsync(_stub, _stub.Calls.FetchAsync(TwilioStub.Call));

        pauses.Count.ShouldBe(3);
        pauses.ShouldAllBe(pause => pause < TimeSpan.FromSeconds(5));
        _stub.Received.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Get_ServerErrorsWithoutEnd_GivesUpAfterThreeRetries()
    {
        _stub.Answers(TwilioStub.CallPath, Unavailable);

        (await FinishAsync<TwilioException>(_stub, _stub.Calls.FetchAsync(TwilioStub.Call))).Code.ShouldBe(20503);

        _stub.Received.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Delete_ServerError_IsRepeated()
    {
        _stub.Answers(DocumentPath, Unavailable, new Answer(204));

        await PausesAsync(_stub, _stub.Sync.Documents.DeleteAsync(TwilioStub.Service, "d"));

        _stub.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Get_RefusedForAReason_IsNotRepeated()
    {
        _stub.Answers(TwilioStub.CallPath, new Answer(404), Ok);

        await FinishAsync<TwilioException>(_stub, _stub.Calls.FetchAsync(TwilioStub.Call));

        _stub.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RetryAfter_InSeconds_IsWaitedFor()
    {
        _stub.Answers(TwilioStub.CallPath, TooMany with { Headers = new() { ["Retry-After"] = "7" } }, Ok);

        (await PausesAsync(_stub, _stub.Calls.FetchAsync(TwilioStub.Call))).ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    [InCulture("de-DE")]
    public async Task RetryAfter_AsADate_IsWaitedFor()
    {
        var at = (_stub.Clock.GetUtcNow() + TimeSpan.FromSeconds(8)).ToString("R", CultureInfo.InvariantCulture);
        _stub.Answers(TwilioStub.CallPath, TooMany with { Headers = new() { ["Retry-After"] = at } }, Ok);

        (await PausesAsync(_stub, _stub.Calls.FetchAsync(TwilioStub.Call))).ShouldBe([TimeSpan.FromSeconds(8)]);
    }

    [Theory]
    [InlineData("11")]
    [InlineData("86400")]
    public async Task RetryAfter_BeyondTheCap_IsReturnedAtOnce(string seconds)
    {
        _stub.Answers(TwilioStub.CallPath, TooMany with { Headers = new() { ["Retry-After"] = seconds } }, Ok);

        (await FinishAsync<TwilioException>(_stub, _stub.Calls.FetchAsync(TwilioStub.Call))).IsRateLimited.ShouldBeTrue();

        _stub.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Post_TooManyRequests_IsRepeatedWithItsBody()
    {
        _stub.Answers(TwilioStub.PaymentsPath, TooMany, new Answer(201, Bodies.Payment));

        await PausesAsync(_stub, CreatePaymentAsync());

        _stub.Received.Count.ShouldBe(2);
        _stub.Received[1].Form.ShouldBe(_stub.Received[0].Form);
    }

    [Fact]
    public async Task SyncWrite_TooManyRequests_IsLeftToTheCaller()
    {
        _stub.Answers(DocumentPath, TooMany, new Answer(200, Bodies.Document));

        (await FinishAsync<TwilioException>(_stub, UpdateAsync(ifMatch: "3"))).IsRateLimited.ShouldBeTrue();

        _stub.Received.Single().Header("If-Match").ShouldBe("3");
    }

    [Theory]
    [InlineData("3")]
    [InlineData(null)]
    public async Task Post_ServerErrorOfSync_IsNotRepeatedAndAmbiguous(string? ifMatch)
    {
        _stub.Answers(DocumentPath, Unavailable, new Answer(412));

        var error = await FinishAsync<TwilioException>(_stub, UpdateAsync(ifMatch));

        error.IsUnavailable.ShouldBeTrue();
        error.IsAmbiguous.ShouldBeTrue();
        _stub.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Post_ConnectionRefused_IsRepeatedBecauseNothingWasSent()
    {
        await using var stub = await TwilioStub.StartAsync(("SyncBaseUrl", $"http://127.0.0.1:{TwilioErrorTests.FreePort()}"));

        var update = stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", new());
        await FinishAsync<TwilioException>(stub, update);

        stub.Log.Lines.Count(line => line.Contains("Retrying in")).ShouldBe(3);
    }

    [Fact]
    public async Task Payment_ServerError_IsRepeatedUnderTheSameKey()
    {
        _stub.Answers(TwilioStub.PaymentsPath, Unavailable, new Answer(201, Bodies.Payment));

        await PausesAsync(_stub, CreatePaymentAsync());

        _stub.Received.Count.ShouldBe(2);
        _stub.Received.ShouldAllBe(request => request["IdempotencyKey"] == "1-start");
    }

    [Fact]
    public async Task Payment_ServerErrorThenRefusal_MayStillHaveTakenEffect()
    {
        _stub.Answers(TwilioStub.PaymentsPath, Unavailable, new Answer(400, Bodies.Error(400, 64021, "already started")));

        var error = await FinishAsync<TwilioException>(_stub, CreatePaymentAsync());

        error.Code.ShouldBe(64021);
        error.IsAmbiguous.ShouldBeTrue();
    }

    [Fact]
    public async Task Payment_NotAnsweredInTime_IsRepeated()
    {
        _stub.IsSilent(TwilioStub.PaymentsPath);
        var payment = CreatePaymentAsync();
        await _stub.NextAsync();
        _stub.Answers(TwilioStub.PaymentsPath, new Answer(201, Bodies.Payment));

        _stub.Clock.Advance(Timeouts.TwilioTry);
        await PausesAsync(_stub, payment);

        (await payment).Sid.ShouldBe(TwilioStub.Payment);
    }

    [Fact]
    public async Task Post_NotAnsweredInTime_IsAnAmbiguousErrorAfterOneTry()
    {
        _stub.IsSilent($"{TwilioStub.ServicePath}/Documents/d");
        var update = _stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", new() { IfMatch = "1" });
        await _stub.NextAsync();

        _stub.Clock.Advance(Timeouts.TwilioTry);

        var error = await FinishAsync<TwilioException>(_stub, update);
        (error.Status, error.IsUnavailable, error.IsAmbiguous).ShouldBe((null, true, true));
        error.Message.ShouldContain("not answered in time");
    }

    [Fact]
    public async Task Pause_Cancelled_EndsAtOnce()
    {
        _stub.Answers(TwilioStub.CallPath, Unavailable);
        using var cancellation = new CancellationTokenSource();
        var fetch = _stub.Calls.FetchAsync(TwilioStub.Call, cancellation.Token);
        await _stub.Clock.TimerAsync(IsPause);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => fetch);
        _stub.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Retry_Log_NamesMethodRouteStatusTryAndRequest()
    {
        _stub.Answers(TwilioStub.CallPath, Unavailable with { Headers = new() { ["Twilio-Request-Id"] = "RQ77" } }, Ok);

        await PausesAsync(_stub, _stub.Calls.FetchAsync(TwilioStub.Call));

        _stub.Log.Lines.Single(line => line.Contains("Retrying in"))
            .ShouldStartWith($"Warning: GET {TwilioStub.CallPath} failed, attempt 1 (status 503, Twilio request RQ77)");
    }

    /// <summary>Lets each pause pass as soon as it begins, until the request is through; the pauses.</summary>
    internal static async Task<List<TimeSpan>> PausesAsync(TwilioStub stub, Task request)
    {
        var pauses = new List<TimeSpan>();
        using var done = new CancellationTokenSource();
        while (!request.IsCompleted)
        {
            var pause = stub.Clock.TimerAsync(IsPause, done.Token);
            if (await Task.WhenAny(request, pause) == request) break;
            pauses.Add(await pause);
            stub.Clock.Advance(await pause);
        }
        await done.CancelAsync();
        await request;
        return pauses;
    }

    /// <summary>Lets all pauses pass; the error that the request ends with.</summary>
    internal static Task<TError> FinishAsync<TError>(TwilioStub stub, Task request) where TError : Exception =>
        Should.ThrowAsync<TError>(() => PausesAsync(stub, request));

    private static bool IsPause(TimeSpan timer) => timer != Timeouts.TwilioTry;

    private Task<SyncDocument> UpdateAsync(string? ifMatch) =>
        _stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", new() { Data = JsonSerializer.SerializeToElement(1), IfMatch = ifMatch });

    private Task<Payment> CreatePaymentAsync() => _stub.Payments.CreateAsync(
        TwilioStub.Call,
        new() { IdempotencyKey = "1-start", StatusCallback = "https://app.example.com/cb", Goal = new PaymentGoal.Token() });
}
