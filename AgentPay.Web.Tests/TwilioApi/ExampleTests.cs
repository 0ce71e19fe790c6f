using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>The clients can read the example answers in Twilio's OpenAPI files.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    private static readonly string CallsPath = $"/2010-04-01/Accounts/{TwilioStub.AccountSid}/Calls.json";
    private static readonly string Documents = $"{TwilioStub.ServicePath}/Documents";
    private static readonly string Maps = $"{TwilioStub.ServicePath}/Maps";

    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [ContractFact]
    public async Task Voice_EveryExample_IsRead()
    {
        var api = OpenApi.Api2010();
        var payment = TwilioStub.PaymentsPath.Replace(".json", $"/{TwilioStub.Payment}.json", StringComparison.Ordinal);
        var update = new UpdatePayment { IdempotencyKey = "1", StatusCallback = "https://x.example", Step = new PaymentStep.Complete() };
        var create = new CreatePayment { IdempotencyKey = "1", StatusCallback = "https://x.example", Goal = new PaymentGoal.Token() };

        await EachAsync(api, "GET", TwilioStub.CallPath, 200, async () =>
            (await _stub.Calls.FetchAsync(TwilioStub.Call)).Status.ShouldNotBe(CallStatus.Unknown));
        await EachAsync(api, "POST", TwilioStub.PaymentsPath, 201, async () =>
            (await _stub.Payments.CreateAsync(TwilioStub.Call, create)).Sid.ToString().ShouldStartWith("PK"));
        await EachAsync(api, "POST", payment, 202, async () =>
            (await _stub.Payments.UpdateAsync(TwilioStub.Call, TwilioStub.Payment, update)).Sid.ToString().ShouldStartWith("PK"));
    }

    [ContractFact]
    public async Task CallList_EveryExample_IsReadToItsFirstItem()
    {
        foreach (var example in OpenApi.Api2010().ExamplesOf("GET", CallsPath, 200))
        {
            _stub.Answers(CallsPath, new Answer(200, example));

            await using var calls = _stub.Calls.ListAsync().GetAsyncEnumerator();

            (await calls.MoveNextAsync()).ShouldBe(!example.Contains("\"calls\": []"));
        }
    }

    [ContractFact]
    public async Task Sync_EveryExample_IsRead()
    {
        var (api, sync, service) = (OpenApi.SyncV1(), _stub.Sync, TwilioStub.Service);

        await EachAsync(api, "GET", TwilioStub.ServicePath, 200, async () =>
            (await sync.Services.FetchAsync(service)).Sid.ShouldStartWith("IS"));
        await EachAsync(api, "GET", $"{Documents}/d", 200, async () =>
            (await sync.Documents.FetchAsync(service, "d")).Revision.ShouldNotBeEmpty());
        await EachAsync(api, "POST", Documents, 201, async () =>
            (await sync.Documents.CreateAsync(service, new())).Revision.ShouldNotBeEmpty());
        await EachAsync(api, "GET", $"{Maps}/m", 200, async () => (await sync.Maps.FetchAsync(service, "m")).Sid.ShouldStartWith("MP"));
        await EachAsync(api, "GET", $"{Maps}/m/Items/k", 200, async () =>
            (await sync.MapItems.FetchAsync(service, "m", "k")).Key.ShouldNotBeEmpty());
        var permission = new SyncPermission { Identity = "i", Read = true, Write = false, Manage = false };
        await EachAsync(api, "POST", $"{Maps}/m/Permissions/i", 200, async () =>
            (await sync.Permissions.UpdateAsync(service, SyncObject.Map("m"), permission)).Identity.ShouldNotBeEmpty());
        await EachAsync(api, "POST", $"{Documents}/d/Permissions/i", 200, async () =>
            (await sync.Permissions.UpdateAsync(service, SyncObject.Document("d"), permission)).Identity.ShouldNotBeEmpty());
    }

    private async Task EachAsync(OpenApi api, string method, string path, int status, Func<Task> isRead)
    {
        var examples = api.ExamplesOf(method, path, status);
        examples.ShouldNotBeEmpty();
        foreach (var example in examples)
        {
            _stub.Answers(path, new Answer(status, example));
            await isRead();
        }
    }
}
