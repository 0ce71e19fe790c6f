using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

// Builds and sends the connector request of a completed session.
public static class Submission
{
    // Returns the result if the connector is not called; otherwise null. In TEST mode, connectors accept only test numbers.
    public static PayResult? ResultWithoutGateway(CapturedFields fields)
    {
        var card = fields[PayField.CardNumber];
        var testNumber = card is not null ? TestCards.FindCard(card) : TestCards.FindBankAccount(fields[PayField.BankAccountNumber]!);
        return testNumber switch
        {
            null when card is not null => PayResult.Failed(new(null, "In TEST mode only the test cards are accepted.", 64022)),
            null => PayResult.Failed(new(null, "In TEST mode only the test bank accounts are accepted.", 64023)),
            { Behaviour: TestBehaviour.InternalErrorAtSubmission } => PayResult.InternalError,
            _ => null,
        };
    }

    public static ConnectorRequest Request(CreatePaymentRequest terms, CapturedFields fields)
    {
        var expiry = fields[PayField.ExpirationDate];
        return new()
        {
            Method = terms.IsCharge ? "charge" : "tokenize",
            Cardnumber = fields[PayField.CardNumber],
            Cvv = fields[PayField.SecurityCode],
            ExpiryMonth = expiry?[..2],
            ExpiryYear = expiry?[2..],
            PostalCode = fields[PayField.PostalCode],
            Bankaccountnumber = fields[PayField.BankAccountNumber],
            Routingnumber = fields[PayField.BankRoutingNumber],
            Description = terms.Description,
            Amount = terms.IsCharge ? terms.Currency.Format(terms.Amount) : null,
            CurrencyCode = terms.IsCharge ? terms.Currency.Code : null,
            Parameters = terms.Parameters.Count > 0 ? terms.Parameters : null,
        };
    }

    // Does not throw: the session must end with a result in every case.
    public static async Task<PayResult> SendAsync(
        Connector connector,
        ConnectorRequest request,
        PayServices services,
        CancellationToken cancellation)
    {
        try
        {
            return PayResult.Of(await services.Connectors.SubmitAsync(connector, request, cancellation), request.IsCharge);
        }
        catch (Exception exception)
        {
            if (!cancellation.IsCancellationRequested) PayLog.SubmissionFailed(services.Logger, request.TransactionId, exception);
            return PayResult.InternalError;
        }
    }
}
