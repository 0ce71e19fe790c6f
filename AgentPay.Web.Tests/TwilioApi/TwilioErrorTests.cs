using System.Net;
using System.Net.Sockets;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class TwilioErrorTests : IAsyncLifetime
{
    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [Fact]
    public async Task FetchAsync_Refused_CarriesAllThatTwilioSays()
    {
        var error =
            await RefusedAsync(new Answer(404, Bodies.Error(404, 20404, "was not found")) { Headers = { ["Twilio-Request-Id"] = "RQ1" } });

        error.ShouldSatisfyAllConditions(
            e => e.Status.ShouldBe(HttpStatusCode.NotFound),
            e => e.Code.ShouldBe(20404),
            e => e.Message.ShouldBe($"GET {TwilioStub.CallPath} was answered 404 (20404): was not found"),
            e => e.RequestId.ShouldBe("RQ1"),
            e => e.IsAmbiguous.ShouldBeFalse());
    }

    [Theory]
    [InlineData(404, true, false, false, false)]
    [InlineData(409, false, true, false, false)]
    [InlineData(412, false, false, true, false)]
    [InlineData(400, false, false, false, false)]
    [InlineData(503, false, false, false, true)]
    public async Task FetchAsync_Status_IsToldByItsPredicate(int status, bool notFound, bool conflict, bool precondition, bool unavailable)
    {
        var error = await UpdateAsync(status);

        (error.IsNotFound, error.IsConflict, error.IsPreconditionFailed, error.IsUnavailable)
            .ShouldBe((notFound, conflict, precondition, unavailable));
        error.IsRateLimited.ShouldBeFalse();
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"code":{}}""")]
    [InlineData("""{"message":"\ud800"}""")]
    public async Task UpdateAsync_ErrorThatIsNotTwiliosJson_HasStatusButNoCode(string body)
    {
        _stub.Answers($"{TwilioStub.ServicePath}/Documents/d", new Answer(502, body, "text/html"));

        var error = await RetryTests.FinishAsync<TwilioException>(
            _stub, _stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", new() { IfMatch = "1" }));

        error.Status.ShouldBe(HttpStatusCode.BadGateway);
        error.Code.ShouldBeNull();
        error.Message.ShouldNotContain("html");
        error.IsAmbiguous.ShouldBeTrue();
    }

    [Theory]
    [InlineData("<html>Welcome to our network</html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"sid":"CA1","status":"completed"}""")]
    public async Task FetchAsync_SuccessThatCannotBeRead_IsAnAmbiguousError(string body)
    {
        var error = await RefusedAsync(new Answer(200, body));

        error.Message.ShouldContain("not as documented");
        error.IsAmbiguous.ShouldBeTrue();
    }

    [Theory]
    [InlineData("nobody listens")]
    [InlineData("no such host")]
    [InlineData("no TLS")]
    public async Task UpdateAsync_NoConnection_IsUnavailableAndCertainlyNotDone(string why)
    {
        var url = why switch
        {
            "nobody listens" => $"http://127.0.0.1:{FreePort()}",
            "no such host" => "http://nowhere.invalid",
            _ => _stub.Url.Replace("http://", "https://", StringComparison.Ordinal),
        };
        await using var stub = await TwilioStub.StartAsync(("SyncBaseUrl", url));

        var error = await RetryTests.FinishAsync<TwilioException>(stub, stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", new()));

        (error.Status, error.IsUnavailable, error.IsAmbiguous).ShouldBe((null, true, false));
    }

    [Fact]
    public async Task FetchAsync_Cancelled_StaysACancellation()
    {
        _stub.IsSilent(TwilioStub.CallPath);
        using var cancellation = new CancellationTokenSource();

        var fetch = _stub.Calls.FetchAsync(TwilioStub.Call, cancellation.Token);
        await _stub.NextAsync();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => fetch);
    }

    [Fact]
    public async Task FetchAsync_CancelledFromTheStart_IsNotSent()
    {
        await Should.ThrowAsync<OperationCanceledException>(() =>
            _stub.Calls.FetchAsync(TwilioStub.Call, new CancellationToken(canceled: true)));

        _stub.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnyError_SecretsAndParameters_AreInNeitherMessageNorLog()
    {
        var notFound = new Answer(404, Bodies.Error(404, 20404, "not found"));
        _stub.Answers($"{TwilioStub.ServicePath}/Maps/uuiMap/Items/a-private-key", new Answer(429), notFound);
        var data = System.Text.Json.JsonSerializer.SerializeToElement("private-data");
        var update = _stub.Sync.MapItems.UpdateAsync(TwilioStub.Service, "uuiMap", "a-private-key", new() { Data = data });

        var error = await RetryTests.FinishAsync<TwilioException>(_stub, update);

        var said = error + string.Join('\n', _stub.Log.Lines);
        said.ShouldContain($"/v1/Services/{TwilioStub.Service}/Maps/*/Items/*");
        foreach (var secret in new[] { TwilioStub.Secret, TwilioStub.AuthToken, "private", "Basic", "127.0.0.1" })
            said.ShouldNotContain(secret);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<TwilioException> RefusedAsync(Answer answer)
    {
        _stub.Answers(TwilioStub.CallPath, answer);
        return await Should.ThrowAsync<TwilioException>(() => _stub.Calls.FetchAsync(TwilioStub.Call));
    }

    private async Task<TwilioException> UpdateAsync(int status)
    {
        _stub.Answers($"{TwilioStub.ServicePath}/Documents/d", new Answer(status, Bodies.Error(status, 1, "")));
        return await RetryTests.FinishAsync<TwilioException>(_stub, _stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", new()));
    }
}
