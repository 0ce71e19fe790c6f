using System.Net;
using System.Reflection;
using System.Text.Json;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Every method of every client sends a request that matches Twilio's description. New methods must be added here.</summary>
public sealed class EveryCallTests : IAsyncLifetime
{
    private const string AccountPath = $"/2010-04-01/Accounts/{TwilioStub.AccountSid}.json";

    private static readonly Type[] Clients =
    [
        typeof(CallsClient), typeof(AccountClient), typeof(PaymentsClient),
        typeof(SyncServices), typeof(SyncDocuments), typeof(SyncMaps), typeof(SyncMapItems), typeof(SyncPermissions),
    ];

    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [ContractFact]
    public async Task EveryMethod_OfEveryClient_SendsARequestThatTwilioDescribes()
    {
        var calls = Calls();
        calls.Select(call => call.Name).Distinct().ShouldBe(Clients.SelectMany(MethodsOf), ignoreOrder: true);

        foreach (var (name, send) in calls)
        {
            await SendAsync(send);
            var request = await _stub.NextAsync();
            // The OpenAPI files of the tests do not contain accounts.
            if (request.Path == AccountPath) continue;
            var api = request.Path.StartsWith("/v1/", StringComparison.Ordinal) ? OpenApi.SyncV1() : OpenApi.Api2010();
            var query = QueryHelpers.ParseQuery(new Uri(request.Url).Query).Keys;
            api.ProblemsOfRequest(request.Method, request.Path, query, request.Form).ShouldBeEmpty(name);
        }
    }

    private static IEnumerable<string> MethodsOf(Type client) => client
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName)
        .Select(method => $"{client.Name}.{method.Name}");

    /// <summary>The stub answers 200 without a body, so most methods fail after sending.</summary>
    private static async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (TwilioException unreadable)
        {
            unreadable.Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    private (string Name, Func<Task> Send)[] Calls()
    {
        var (sync, service, data) = (_stub.Sync, TwilioStub.Service, JsonSerializer.SerializeToElement(new { a = 1 }));
        var create = new CreatePayment { IdempotencyKey = "1", StatusCallback = "https://x.example", Goal = Money.Charge("10.5", "EUR") };
        var update = new UpdatePayment { IdempotencyKey = "1", StatusCallback = "https://x.example", Step = new PaymentStep.Complete() };
        var permission = new SyncPermission { Identity = "i", Read = true, Write = false, Manage = false };
        return
        [
            ("CallsClient.FetchAsync", () => _stub.Calls.FetchAsync(TwilioStub.Call)),
            ("CallsClient.ListAsync", () => _stub.Calls.ListAsync(TwilioStub.Call, 10).CountAsync().AsTask()),
            ("AccountClient.CheckAuthTokenAsync", () => _stub.Account.CheckAuthTokenAsync()),
            ("AccountClient.TimeAsync", () => _stub.Account.TimeAsync()),
            ("PaymentsClient.CreateAsync", () => _stub.Payments.CreateAsync(TwilioStub.Call, create)),
            ("PaymentsClient.UpdateAsync", () => _stub.Payments.UpdateAsync(TwilioStub.Call, TwilioStub.Payment, update)),
            ("SyncServices.CreateAsync", () => sync.Services.CreateAsync("AgentPay")),
            ("SyncServices.FetchAsync", () => sync.Services.FetchAsync(service)),
            ("SyncServices.ListAsync", () => sync.Services.ListAsync(100).CountAsync().AsTask()),
            ("SyncServices.UpdateAsync", () => sync.Services.UpdateAsync(service, aclEnabled: true)),
            ("SyncServices.DeleteAsync", () => sync.Services.DeleteAsync(service)),
            ("SyncDocuments.CreateAsync", () =>
                sync.Documents.CreateAsync(service, new() { UniqueName = "d", Data = data, Ttl = TimeSpan.FromHours(1) })),
            ("SyncDocuments.FetchAsync", () => sync.Documents.FetchAsync(service, "d")),
            ("SyncDocuments.ListAsync", () => sync.Documents.ListAsync(service, 100).CountAsync().AsTask()),
            ("SyncDocuments.UpdateAsync", () => sync.Documents.UpdateAsync(service, "d", new() { Data = data, IfMatch = "1" })),
            ("SyncDocuments.DeleteAsync", () => sync.Documents.DeleteAsync(service, "d")),
            ("SyncMaps.CreateAsync", () => sync.Maps.CreateAsync(service, "m")),
            ("SyncMaps.FetchAsync", () => sync.Maps.FetchAsync(service, "m")),
            ("SyncMaps.ListAsync", () => sync.Maps.ListAsync(service, 100).CountAsync().AsTask()),
            ("SyncMaps.DeleteAsync", () => sync.Maps.DeleteAsync(service, "m")),
            ("SyncMapItems.CreateAsync", () =>
                sync.MapItems.CreateAsync(service, "m", new() { Key = "k", Data = data, ItemTtl = TimeSpan.FromHours(1) })),
            ("SyncMapItems.FetchAsync", () => sync.MapItems.FetchAsync(service, "m", "k")),
            ("SyncMapItems.ListAsync", () => sync.MapItems.ListAsync(service, "m", "k", 100).CountAsync().AsTask()),
            ("SyncMapItems.UpdateAsync", () => sync.MapItems.UpdateAsync(service, "m", "k", new() { Data = data, IfMatch = "1" })),
            ("SyncMapItems.DeleteAsync", () => sync.MapItems.DeleteAsync(service, "m", "k")),
            ("SyncPermissions.ListAsync", () => sync.Permissions.ListAsync(service, "m").CountAsync().AsTask()),
            ("SyncPermissions.UpdateAsync", () => sync.Permissions.UpdateAsync(service, SyncObject.Document("d"), permission)),
            ("SyncPermissions.UpdateAsync", () => sync.Permissions.UpdateAsync(service, SyncObject.Map("m"), permission)),
        ];
    }
}
