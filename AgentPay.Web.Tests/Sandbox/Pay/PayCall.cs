using System.Net;
using System.Text.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>A customer's call, the Pay session on it, and the callbacks about it.</summary>
public sealed class PayCall
{
    public const string Visa = "4111111111111111";
    public const string Amex = "378282246310005";

    private readonly PayBench _bench;
    private int _keys;

    private PayCall(PayBench bench, string callSid) => (_bench, CallSid) = (bench, callSid);

    public string CallSid { get; }

    /// <summary>Of the session created last.</summary>
    public string PaymentSid { get; private set; } = "PK00000000000000000000000000000000";

    /// <summary>Path of this call's callbacks on the listener.</summary>
    public string CallbackPath => "/pay/" + CallSid;

    public string CallbackUrl => _bench.Listener.Url + CallbackPath;

    public string PaymentsPath => $"/2010-04-01/Accounts/{SandboxApp.AccountSid}/Calls/{CallSid}/Payments.json";

    public string PaymentPath => $"/2010-04-01/Accounts/{SandboxApp.AccountSid}/Calls/{CallSid}/Payments/{PaymentSid}.json";

    public static async Task<PayCall> DialAsync(PayBench bench, bool answer) => new(bench, await bench.Sandbox.Control.CallInAsync(answer));

    /// <summary>The customer's leg of a call that the PBX has made.</summary>
    public static async Task<PayCall> DialOutAsync(PayBench bench)
    {
        var call = await bench.Sandbox.Control.CallOutAsync(new { to = SandboxControl.Customer, uui = "42" });
        return new(bench, call.GetProperty("childSid").GetString()!);
    }

    public Task<string[]> SaidAsync() => _bench.Sandbox.Control.SaidAsync(CallSid);

    public Task PressAsync(string keys) => keys.Length == 0 ? Task.CompletedTask : _bench.Sandbox.Control.PressAsync(CallSid, keys);

    public Task HangUpAsync() => _bench.Sandbox.Control.HangUpAsync(CallSid);

    /// <summary>
    /// Creates a session with a fresh key, this call's callback and <c>Name=value</c> pairs; a name without a value leaves the parameter
    /// out.
    /// </summary>
    public Task<PayReply> CreateAsync(params string[] form) => PostAsync(PaymentsPath, form);

    public Task<PayReply> UpdateAsync(params string[] form) => PostAsync(PaymentPath, form);

    /// <summary>Creates a session that must be accepted.</summary>
    public async Task CreateAndKeepAsync(params string[] form)
    {
        var reply = await CreateAsync(form);
        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Body);
        PaymentSid = reply.Json.GetProperty("sid").GetString()!;
    }

    /// <summary>Creates a session that must be accepted, and reads its first callback.</summary>
    public async Task StartAsync(params string[] form)
    {
        await CreateAndKeepAsync(form);
        await NextAsync();
    }

    public async Task UpdateOkAsync(params string[] form)
    {
        var reply = await UpdateAsync(form);
        reply.Status.ShouldBe(HttpStatusCode.Accepted, reply.Body);
    }

    /// <summary>Captures a field and reads its callbacks up to the one that ends it, which is returned.</summary>
    public async Task<ReceivedWebhook> EnterAsync(string field, string keys)
    {
        await UpdateOkAsync("Capture=" + field);
        await NextAsync();
        await PressAsync(keys);
        return await NextAsync(callback => callback["PartialResult"] is null);
    }

    /// <summary>Captures number, expiry date (December 2030) and security code.</summary>
    public async Task EnterCardAsync(string number = Visa, string code = "123")
    {
        await EnterAsync("payment-card-number", number);
        await EnterAsync("expiration-date", "1230");
        await EnterAsync("security-code", code);
    }

    /// <summary>A session with a card entered, no postal code asked.</summary>
    public async Task StartWithCardAsync(string number, params string[] form)
    {
        await StartAsync(["PostalCode=false", .. form]);
        await EnterCardAsync(number);
    }

    /// <summary>Completes the session, and reads on to its last callback.</summary>
    public async Task<ReceivedWebhook> CompleteAsync()
    {
        await UpdateOkAsync("Status=complete");
        return await NextAsync(callback => callback["Result"] is not null);
    }

    public Task<ReceivedWebhook> NextAsync() => NextAsync(_ => true);

    public Task<ReceivedWebhook> NextAsync(Func<ReceivedWebhook, bool> fits) =>
        _bench.Listener.NextAsync(webhook => webhook.Path.StartsWith(CallbackPath, StringComparison.Ordinal) && fits(webhook));

    /// <summary>Everything about this call that the listener has received.</summary>
    public IReadOnlyList<ReceivedWebhook> Received =>
        [.. _bench.Listener.All.Where(webhook => webhook.Path.StartsWith(CallbackPath, StringComparison.Ordinal))];

    public async Task<PayReply> PostAsync(string path, params string[] form)
    {
        var fields = new Dictionary<string, string> { ["IdempotencyKey"] = $"key-{++_keys}", ["StatusCallback"] = CallbackUrl };
        foreach (var pair in form)
        {
            if (pair.Split('=', 2) is [var name, var value]) fields[name] = value;
            else fields.Remove(pair);
        }
        using var content = new FormUrlEncodedContent(fields);
        return await SendAsync(path, content);
    }

    public async Task<PayReply> SendAsync(string path, HttpContent content)
    {
        using var answer = await _bench.Sandbox.Http.PostAsync("sandbox/twilio" + path, content);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

public sealed record PayReply(HttpStatusCode Status, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Twilio's error code; 0 when it is no error.</summary>
    public int Code => Json.TryGetProperty("code", out var code) ? code.GetInt32() : 0;
}
