using Microsoft.AspNetCore.Http.Features;

namespace AgentPay.Web.CardData;

/// <summary>Masks the form of a request when it is read. Only the signature check reads the original form.</summary>
internal sealed class MaskedFormFeature(IFormFeature form, Func<IFormCollection, IFormCollection> mask) : IFormFeature
{
    private IFormCollection? _masked;

    public async Task<IFormCollection> ReadOriginalAsync(CancellationToken cancellation)
    {
        try
        {
            return await form.ReadFormAsync(cancellation);
        }
        catch (NotSupportedException charset)
        {
            // .NET refuses UTF-7 with this exception. The form counts as malformed.
            throw new InvalidDataException(charset.Message, charset);
        }
    }

    public bool HasFormContentType => form.HasFormContentType;

    public IFormCollection? Form
    {
        get => _masked ??= form.Form is { } read ? mask(read) : null;
        set => (_masked, form.Form) = (null, value);
    }

    public IFormCollection ReadForm() => ReadFormAsync(CancellationToken.None).GetAwaiter().GetResult();

    public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken) =>
        _masked ??= mask(await ReadOriginalAsync(cancellationToken));
}
