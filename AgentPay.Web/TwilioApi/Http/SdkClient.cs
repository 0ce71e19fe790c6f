using System.Net;
using Twilio.Clients;
using SdkHttpClient = Twilio.Http.HttpClient;
using SdkRequest = Twilio.Http.Request;
using SdkResponse = Twilio.Http.Response;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Passes one request of the SDK to <paramref name="send"/>, and stores the answer in <see cref="Result"/>. The SDK's methods take no
/// cancellation token. The SDK itself parses only <paramref name="placeholder"/>: it would convert times to the machine's time zone,
/// reformat dates and decimals in Sync's data, and allocate several times as much memory.
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
