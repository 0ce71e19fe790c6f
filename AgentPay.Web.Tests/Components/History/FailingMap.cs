using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.History;

/// <summary>Answers requests for some maps with 503. The long <c>Retry-After</c> prevents retries.</summary>
internal sealed class FailingMap(Func<string, bool> fails) : DelegatingHandler
{
    public static void Add(IServiceCollection services, params string[] maps) => services.ConfigureHttpClientDefaults(
        client => client.AddHttpMessageHandler(() => new FailingMap(path => maps.Any(path.Contains))));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!fails(request.RequestUri!.AbsolutePath)) return base.SendAsync(request, cancellationToken);
        var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("{}"), RequestMessage = request };
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromMinutes(5));
        return Task.FromResult(answer);
    }
}
