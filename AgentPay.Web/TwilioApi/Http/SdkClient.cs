using System.Net;
using Twilio.Clients;
using SdkHttpClient = Twilio.Http.HttpClient;
using SdkRequest = Twilio.Http.Request;
using SdkResponse = Twilio.Http.Response;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// The client for one call of the SDK, whose methods take no cancellation token. <paramref name="send"/> sends the request that the SDK has
/// built and reads the answer into <see cref="Result"/>. The SDK reads <paramref name="placeholder"/> instead: it would move times to
/// the machine's time zone, rewrite dates and decimals in Sync's data, and allocate several times as much.
/// </summary>
internal sealed class SdkClient<T>(string account, Func<TwilioRequest, Task<T>> send, string placeholder) : ITwilioRestClient
{
    public T Result { get; private set; } = default!;

    public string AccountSid => account;

    public string? Region => null;

    public SdkHttpClient HttpClient => throw new NotSupportedException();

    public SdkResponse Request(SdkRequest request) => throw new NotSupportedException("Use the SDK's asynchronous methods.");

    public async Task<SdkResponse> RequestAsync(SdkRequest request)
    {
        Result = await send(TwilioRequest.Of(request));
        return new(HttpStatusCode.OK, placeholder);
    }
}
